// From a stroke's points to its outline: the one function that decides how ink looks, everywhere.
import { getStroke } from "perfect-freehand";
import type { Ink, Pen } from "../wire.gen";
import type { Rect } from "./bounds";
import { grain } from "./chalk";
import { decodeStroke, type Point, UNIT } from "./ink";

export const BOARD_WIDTH = 1920;
export const BOARD_HEIGHT = 1080;
const HIGHLIGHT = 0.35; // opacity: the words below are still read, 4.5:1 for black on each colour
const THINNING = 0.5; // a pen pressed not at all writes half as wide as one half pressed
const PRESSED = 0.65; // of the width of chalk: beyond it, only dust
const MARGIN = 2; // pixels beyond the outline that a blurred edge may colour
const [DENSEST, SPARSEST] = [0.6, 2]; // pixels between corners: a round is true to a tenth of one
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

export function pointsBounds({ width }: Pen, points: readonly Point[]): Rect {
  const reach = (width * (0.5 + THINNING / 2)) / UNIT + MARGIN;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  const ends = [left / UNIT - reach, top / UNIT - reach, right / UNIT + reach, bottom / UNIT + reach];
  return ends as unknown as Rect;
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
  const points = pointsOf(ink);
  const outline = outlineOf(ink.pen, [points]);
  const drawn = { ...outline, bounds: pointsBounds(ink.pen, points), cuts: "" };
  outlines.set(ink, drawn);
  return drawn;
}

function outlineOf(pen: Pen, pieces: readonly (readonly Point[])[]): Outline {
  const width = pen.width / UNIT;
  const middle = pen.tool === "chalk" ? pathOf(pen, pieces, width * PRESSED) : null;
  return { path: pathOf(pen, pieces, width), middle };
}

function pathOf(pen: Pen, pieces: readonly (readonly Point[])[], width: number): Path2D {
  const path = new Path2D();
  for (const piece of pieces) drawThrough(path, cornersOf(pen, piece, width));
  return path;
}

/** The corners of an outline; recorder/paper/outline.py finds the same. */
export function cornersOf(pen: Pen, piece: readonly Point[], width: number): number[][] {
  const scaled = piece.map(([x, y, p]) => [x / UNIT, y / UNIT, p / 31]);
  const outline = getStroke(scaled, {
    size: width,
    thinning: pen.tool === "highlighter" ? 0 : THINNING,
    smoothing: 0.5,
    streamline: 0.3,
    simulatePressure: false,
    last: true,
  });
  return thinned(outline, width);
}

/** Without corners that no eye would miss: a round end has forty, and a page has ten thousand ends. */
function thinned(outline: number[][], width: number): number[][] {
  const near = Math.min(SPARSEST, Math.max(DENSEST, width / 6)) ** 2;
  const kept: number[][] = [];
  let [x, y] = [Infinity, Infinity];
  for (const corner of outline) {
    if ((corner[0] - x) ** 2 + (corner[1] - y) ** 2 < near) continue;
    kept.push(corner);
    [x, y] = corner;
  }
  return kept;
}

/** A closed curve through the middles of an outline's sides. */
function drawThrough(path: Path2D, outline: number[][]): void {
  if (!outline.length) return;
  let [x, y] = outline[0];
  const [lastX, lastY] = outline[outline.length - 1];
  path.moveTo((lastX + x) / 2, (lastY + y) / 2);
  for (let i = 1; i <= outline.length; i++) {
    const [nextX, nextY] = outline[i % outline.length];
    path.quadraticCurveTo(x, y, (x + nextX) / 2, (y + nextY) / 2);
    x = nextX;
    y = nextY;
  }
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
