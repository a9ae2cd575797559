// Paints coordinate axes: a cross in the middle, or one quadrant; a flat one is a number line.
import { FONT } from "./words";

const STEP = 60; // board pixels to one: as wide as the squares of squared paper
const TICK = 8; // half its length
const HEAD = 16;
const LABEL = 22; // height of the figures
const FLAT = 3 * STEP; // lower than this, there is no room for a y axis

type Box = [left: number, top: number, right: number, bottom: number];

/** Draw axes into a box, with the pen that was set. */
export function axes(ctx: CanvasRenderingContext2D, box: Box, kind: "axes" | "quadrant"): void {
  const [left, top, right, bottom] = box;
  const flat = bottom - top < FLAT;
  const middle = kind === "axes";
  const x = middle ? (left + right) / 2 : left + STEP;
  const y = middle || flat ? (top + bottom) / 2 : bottom - STEP;
  ctx.font = `${LABEL}px ${FONT}`;
  along(ctx, left, y, right, y);
  acrossTicks(ctx, x, y, left, right, flat ? 0 : 1);
  if (flat) return;
  along(ctx, x, bottom, x, top);
  upTicks(ctx, x, y, top, bottom);
  label(ctx, "x", right - LABEL / 2, y + TICK, "center", "top");
  label(ctx, "y", x - TICK - 4, top + LABEL / 2, "right", "middle");
  label(ctx, "O", x - TICK, y + TICK, "right", "top");
}

/** One axis, with an arrow's head at its end. */
function along(ctx: CanvasRenderingContext2D, x: number, y: number, toX: number, toY: number): void {
  const [dx, dy] = [Math.sign(toX - x) * HEAD, Math.sign(toY - y) * HEAD];
  ctx.beginPath();
  ctx.moveTo(x, y);
  ctx.lineTo(toX, toY);
  ctx.moveTo(toX - dx - dy / 2, toY - dy + dx / 2);
  ctx.lineTo(toX, toY);
  ctx.lineTo(toX - dx + dy / 2, toY - dy - dx / 2);
  ctx.stroke();
}

/** ``least`` of the figures: a number line has its zero, a cross has an O there. */
function acrossTicks(
  ctx: CanvasRenderingContext2D,
  x: number,
  y: number,
  left: number,
  right: number,
  least: number,
): void {
  const [from, to] = [Math.ceil((left - x) / STEP), Math.floor((right - x - HEAD - 4) / STEP)];
  ctx.beginPath();
  for (let n = from; n <= to; n++) {
    if (Math.abs(n) < least) continue;
    ctx.moveTo(x + n * STEP, y - TICK);
    ctx.lineTo(x + n * STEP, y);
    label(ctx, figure(n), x + n * STEP, y + TICK, "center", "top");
  }
  ctx.stroke();
}

function upTicks(
  ctx: CanvasRenderingContext2D,
  x: number,
  y: number,
  top: number,
  bottom: number,
): void {
  const [from, to] = [Math.ceil((y - bottom) / STEP), Math.floor((y - top - HEAD - 4) / STEP)];
  ctx.beginPath();
  for (let n = from; n <= to; n++) {
    if (n === 0) continue;
    ctx.moveTo(x, y - n * STEP);
    ctx.lineTo(x + TICK, y - n * STEP);
    label(ctx, figure(n), x - TICK, y - n * STEP, "right", "middle");
  }
  ctx.stroke();
}

/** A true minus is as wide as a figure. */
function figure(n: number): string {
  return n < 0 ? `−${-n}` : String(n);
}

function label(
  ctx: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  align: CanvasTextAlign,
  baseline: CanvasTextBaseline,
): void {
  ctx.textAlign = align;
  ctx.textBaseline = baseline;
  ctx.fillText(text, x, y);
}
