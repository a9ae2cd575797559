// From a stroke's points to its outline: the one function that decides how ink looks, everywhere.
import { getStroke } from "perfect-freehand";
import type { Ink, Pen } from "../wire.gen";
import { decodeStroke, type Point, UNIT } from "./ink";

export const BOARD_WIDTH = 1920;
export const BOARD_HEIGHT = 1080;
const HIGHLIGHT = 0.35; // opacity: the words below are still read, 4.5:1 for black on each colour

/** By the ink itself: a stroke that grows is new ink each time. */
const outlines = new WeakMap<Ink, { cuts: string; path: Path2D }>();
const decoded = new WeakMap<Ink, Point[]>();

export function pointsOf(ink: Ink): Point[] {
  const known = decoded.get(ink);
  if (known) return known;
  const points = decodeStroke(ink.ink);
  decoded.set(ink, points);
  return points;
}

/** Draw a stroke in board coordinates, without the points from..to, from..to that are cut. */
export function paintInk(
  ctx: CanvasRenderingContext2D,
  ink: Ink,
  cuts: readonly number[],
  colour: number,
  colours: string[],
): void {
  const known = outlines.get(ink);
  const key = cuts.join();
  const path = known?.cuts === key ? known.path : outlineOf(ink.pen, rest(pointsOf(ink), cuts));
  outlines.set(ink, { cuts: key, path });
  fill(ctx, path, ink.pen, colours[colour]);
}

/** Draw some points as a stroke of this pen, in board coordinates. */
export function paintPoints(
  ctx: CanvasRenderingContext2D,
  pen: Pen,
  points: readonly Point[],
  colours: string[],
): void {
  if (points.length) fill(ctx, outlineOf(pen, [points]), pen, colours[pen.colour]);
}

/** What the cuts leave of some points, piece by piece. */
export function rest(points: readonly Point[], cuts: readonly number[]): (readonly Point[])[] {
  if (!cuts.length) return [points];
  const edges = [0, ...cuts, points.length];
  const pieces = [];
  for (let i = 0; i < edges.length; i += 2) pieces.push(points.slice(edges[i], edges[i + 1]));
  return pieces.filter((piece) => piece.length);
}

function outlineOf(pen: Pen, pieces: readonly (readonly Point[])[]): Path2D {
  const path = new Path2D();
  for (const piece of pieces) {
    const scaled = piece.map(([x, y, p]) => [x / UNIT, y / UNIT, p / 31]);
    const outline = getStroke(scaled, {
      size: pen.width / UNIT,
      thinning: pen.tool === "highlighter" ? 0 : 0.5,
      smoothing: 0.5,
      streamline: 0.3,
      simulatePressure: false,
      last: true,
    });
    drawThrough(path, outline);
  }
  return path;
}

/** A closed curve through the middles of an outline's sides. */
function drawThrough(path: Path2D, outline: number[][]): void {
  if (!outline.length) return;
  const last = outline[outline.length - 1];
  path.moveTo(...middle(last, outline[0]));
  outline.forEach((corner, i) => {
    const next = outline[(i + 1) % outline.length];
    path.quadraticCurveTo(corner[0], corner[1], ...middle(corner, next));
  });
  path.closePath();
}

function middle(a: number[], b: number[]): [number, number] {
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
}

function fill(ctx: CanvasRenderingContext2D, path: Path2D, pen: Pen, colour: string): void {
  ctx.globalAlpha = pen.tool === "highlighter" ? HIGHLIGHT : 1;
  ctx.fillStyle = colour;
  ctx.fill(path);
  ctx.globalAlpha = 1;
}
