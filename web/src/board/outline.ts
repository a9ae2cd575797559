// From a stroke's points to its outline: the one function that decides how ink looks, everywhere.
import { getStroke } from "perfect-freehand";
import type { Pen } from "../wire.gen";
import { decodeStroke, type Point, UNIT } from "./ink";

export const BOARD_WIDTH = 1920;
export const BOARD_HEIGHT = 1080;
const HIGHLIGHT = 0.35; // opacity: the words below are still read, 4.5:1 for black on each colour

interface Inked {
  pen: Pen;
  ink: Uint8Array;
}

/** Outlines and points of strokes that have ended; an unfinished one has grown by the next look. */
const outlines = new WeakMap<Inked, { size: number; path: Path2D }>();
const decoded = new WeakMap<Inked, { size: number; points: Point[] }>();

export function pointsOf(stroke: Inked): Point[] {
  const known = decoded.get(stroke);
  if (known?.size === stroke.ink.length) return known.points;
  const points = decodeStroke(stroke.ink);
  decoded.set(stroke, { size: stroke.ink.length, points });
  return points;
}

/** Draw a finished stroke in board coordinates. */
export function paintStroke(ctx: CanvasRenderingContext2D, stroke: Inked, colours: string[]): void {
  const known = outlines.get(stroke);
  const size = stroke.ink.length;
  const path = known?.size === size ? known.path : outlineOf(stroke.pen, pointsOf(stroke));
  outlines.set(stroke, { size, path });
  fill(ctx, path, stroke.pen, colours);
}

/** Draw some points as a stroke of this pen, in board coordinates. */
export function paintPoints(
  ctx: CanvasRenderingContext2D,
  pen: Pen,
  points: readonly Point[],
  colours: string[],
): void {
  if (points.length) fill(ctx, outlineOf(pen, points), pen, colours);
}

function outlineOf(pen: Pen, points: readonly Point[]): Path2D {
  const scaled = points.map(([x, y, p]) => [x / UNIT, y / UNIT, p / 31]);
  const outline = getStroke(scaled, {
    size: pen.width / UNIT,
    thinning: pen.tool === "pen" ? 0.5 : 0,
    smoothing: 0.5,
    streamline: 0.3,
    simulatePressure: false,
    last: true,
  });
  return pathThrough(outline);
}

/** A closed curve through the middles of an outline's sides. */
function pathThrough(outline: number[][]): Path2D {
  const path = new Path2D();
  if (!outline.length) return path;
  const last = outline[outline.length - 1];
  path.moveTo(...middle(last, outline[0]));
  outline.forEach((corner, i) => {
    const next = outline[(i + 1) % outline.length];
    path.quadraticCurveTo(corner[0], corner[1], ...middle(corner, next));
  });
  path.closePath();
  return path;
}

function middle(a: number[], b: number[]): [number, number] {
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
}

function fill(ctx: CanvasRenderingContext2D, path: Path2D, pen: Pen, colours: string[]): void {
  ctx.globalAlpha = pen.tool === "highlighter" ? HIGHLIGHT : 1;
  ctx.fillStyle = colours[pen.colour] ?? colours[0];
  ctx.fill(path);
  ctx.globalAlpha = 1;
}
