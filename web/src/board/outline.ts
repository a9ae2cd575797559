// From a stroke's points to its outline: the one function that decides how ink looks, everywhere.
import type { Ink, Pen } from "../wire.gen";
import type { Rect } from "./bounds";
import { grain } from "./chalk";
import { Corners } from "./corners";
import { decodeStroke, eachPoint, type Point, UNIT } from "./ink";
import { Way } from "./way";

export const BOARD_WIDTH = 1920;
export const BOARD_HEIGHT = 1080;
const HIGHLIGHT = 0.35; // opacity: the words below are still read, 4.5:1 for black on each colour
const THINNING = 0.5; // a pen pressed not at all writes half as wide as one half pressed
const PRESSED = 0.65; // of the width of chalk: beyond it, only dust
const MARGIN = 2; // pixels beyond the outline that a blurred edge may colour
const MOST_DECODED = 500; // strokes whose points are at hand: what an eraser is near to

interface Outline {
  path: Path2D;
  /** Of chalk: where the stick is pressed. */
  middle: Path2D | null;
}

interface Drawn extends Outline {
  bounds: Rect;
  cuts: string;
}

/** By the ink itself: a stroke that grows is new ink each time. */
const outlines = new WeakMap<Ink, Drawn>();
const decoded = new Map<Ink, readonly Point[]>();
/** Of the stroke that is being drawn: a page has thousands, and none of these is kept. */
const way = new Way();
const corners = new Corners();
const pass = (x: number, y: number, pressure: number) => way.pass(x, y, pressure);

export function pointsOf(ink: Ink): readonly Point[] {
  const known = decoded.get(ink);
  if (known) return known;
  if (decoded.size >= MOST_DECODED) decoded.clear();
  const points = decodeStroke(ink.ink);
  decoded.set(ink, points);
  return points;
}

/** The rectangle that holds a stroke, in board pixels. */
export function inkBounds(ink: Ink): Rect {
  return drawnOf(ink).bounds;
}

/** Draw a stroke in board coordinates, without the points from..to, from..to that are cut. */
export function paintInk(
  ctx: CanvasRenderingContext2D,
  ink: Ink,
  cuts: readonly number[],
  colour: number,
  colours: string[],
): void {
  const known = drawnOf(ink);
  const key = cuts.join();
  if (known.cuts !== key) {
    Object.assign(known, outlineOf(ink.pen, rest(pointsOf(ink), cuts)), { cuts: key });
  }
  fill(ctx, known, ink.pen, colours[colour]);
}

/** Draw pieces of a stroke of this pen, in board coordinates. */
export function paintPieces(
  ctx: CanvasRenderingContext2D,
  pen: Pen,
  pieces: readonly (readonly Point[])[],
  colours: string[],
): void {
  fill(ctx, outlineOf(pen, pieces), pen, colours[pen.colour]);
}

export function pointsBounds(pen: Pen, points: readonly Point[]): Rect {
  follow(points);
  return way.bounds(reachOf(pen));
}

/** What the cuts leave of some points, piece by piece. */
export function rest(points: readonly Point[], cuts: readonly number[]): (readonly Point[])[] {
  if (!cuts.length) return [points];
  const edges = [0, ...cuts, points.length];
  const pieces = [];
  for (let i = 0; i < edges.length; i += 2) pieces.push(points.slice(edges[i], edges[i + 1]));
  return pieces.filter((piece) => piece.length);
}

function drawnOf(ink: Ink): Drawn {
  const known = outlines.get(ink);
  if (known) return known;
  way.begin();
  eachPoint(ink.ink, pass);
  way.end();
  const outline = newOutline(ink.pen);
  drawAround(outline, ink.pen);
  const drawn = { ...outline, bounds: way.bounds(reachOf(ink.pen)), cuts: "" };
  outlines.set(ink, drawn);
  return drawn;
}

/** How far beyond its points a stroke may have pixels. */
function reachOf({ width }: Pen): number {
  return (width * (0.5 + THINNING / 2)) / UNIT + MARGIN;
}

function outlineOf(pen: Pen, pieces: readonly (readonly Point[])[]): Outline {
  const outline = newOutline(pen);
  for (const piece of pieces) {
    follow(piece);
    drawAround(outline, pen);
  }
  return outline;
}

function newOutline({ tool }: Pen): Outline {
  return { path: new Path2D(), middle: tool === "chalk" ? new Path2D() : null };
}

function follow(points: readonly Point[]): void {
  way.begin();
  for (const [x, y, p] of points) way.pass(x, y, p);
  way.end();
}

/** Add the way that was followed. */
function drawAround({ path, middle }: Outline, pen: Pen): void {
  const width = pen.width / UNIT;
  drawThrough(path, goAround(pen, width));
  if (middle) drawThrough(middle, goAround(pen, width * PRESSED));
}

/** Corners of a stroke, x and y in turn, in board pixels. */
export function cornersOf(pen: Pen, points: readonly Point[], width: number): readonly number[] {
  follow(points);
  return goAround(pen, width);
}

function goAround({ tool }: Pen, width: number): readonly number[] {
  way.smooth(width);
  corners.goAround(way, width, tool === "highlighter" ? 0 : THINNING);
  return corners.found;
}

/** A closed curve through the middles of an outline's sides. */
function drawThrough(path: Path2D, outline: readonly number[]): void {
  const { length } = outline;
  if (!length) return;
  let [x, y] = outline;
  path.moveTo((outline[length - 2] + x) / 2, (outline[length - 1] + y) / 2);
  for (let i = 2; i < length; i += 2) {
    const [nextX, nextY] = [outline[i], outline[i + 1]];
    path.quadraticCurveTo(x, y, (x + nextX) / 2, (y + nextY) / 2);
    x = nextX;
    y = nextY;
  }
  path.quadraticCurveTo(x, y, (x + outline[0]) / 2, (y + outline[1]) / 2);
  path.closePath();
}

function fill(
  ctx: CanvasRenderingContext2D,
  { path, middle }: Outline,
  pen: Pen,
  colour: string,
): void {
  ctx.globalAlpha = pen.tool === "highlighter" ? HIGHLIGHT : 1;
  ctx.fillStyle = middle ? grain(ctx, colour, "edge") : colour;
  ctx.fill(path);
  if (middle) {
    ctx.fillStyle = grain(ctx, colour, "middle");
    ctx.fill(middle);
  }
  ctx.globalAlpha = 1;
}
