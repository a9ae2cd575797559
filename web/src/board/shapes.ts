// Paints shapes: lines, arrows, boxes, ellipses, polygons and axes.
import type { Shape } from "../wire.gen";
import { axes } from "./axes";
import { UNIT } from "./ink";

const PALE = 0.25; // opacity of a filled shape: what lies below it is still read
const HIGHLIGHT = 0.35; // as of the highlighter's ink
const HEAD = 4; // times the width of its line, an arrow's head is long
const SHORTEST_HEAD = 18; // board pixels: it is seen at the end of a thin line, too

type Box = [left: number, top: number, right: number, bottom: number];

/** Draw a shape in board coordinates. */
export function paintShape(ctx: CanvasRenderingContext2D, shape: Shape, colour: string): void {
  const { kind, pen, filled } = shape;
  const corners = shape.corners.map((value) => value / UNIT);
  const width = pen.width / UNIT;
  Object.assign(ctx, { strokeStyle: colour, fillStyle: colour, lineWidth: width });
  Object.assign(ctx, { lineCap: "round", lineJoin: "round" });
  const alpha = pen.tool === "highlighter" ? HIGHLIGHT : 1;
  ctx.globalAlpha = alpha;
  if (kind === "axes" || kind === "quadrant") axes(ctx, boxOf(corners), kind);
  else {
    const path = pathOf(kind, corners, width);
    if (filled && kind !== "line" && kind !== "arrow") {
      ctx.globalAlpha = alpha * PALE;
      ctx.fill(path);
      ctx.globalAlpha = alpha;
    }
    ctx.stroke(path);
  }
  ctx.globalAlpha = 1;
}

/** Left, top, right and bottom of some corners. */
export function boxOf(corners: readonly number[]): Box {
  const xs = corners.filter((_, i) => i % 2 === 0);
  const ys = corners.filter((_, i) => i % 2 === 1);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

function pathOf(kind: Shape["kind"], corners: number[], width: number): Path2D {
  const path = new Path2D();
  const [left, top, right, bottom] = boxOf(corners);
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  if (kind === "rect") path.rect(left, top, right - left, bottom - top);
  else if (kind === "ellipse") {
    path.ellipse(x, y, (right - left) / 2, (bottom - top) / 2, 0, 0, 2 * Math.PI);
  } else {
    for (let i = 0; i < corners.length; i += 2) path.lineTo(corners[i], corners[i + 1]);
    if (kind === "polygon") path.closePath();
    if (kind === "arrow") head(path, corners, width);
  }
  return path;
}

/** Two strokes back from the end; an arrow shorter than its head has a shorter head. */
function head(path: Path2D, [fromX, fromY, toX, toY]: number[], width: number): void {
  const [dx, dy] = [toX - fromX, toY - fromY];
  const length = Math.hypot(dx, dy) || 1;
  const size = Math.min(Math.max(SHORTEST_HEAD, HEAD * width), length);
  const [x, y] = [(dx / length) * size, (dy / length) * size];
  path.moveTo(toX - x - y / 2, toY - y + x / 2);
  path.lineTo(toX, toY);
  path.lineTo(toX - x + y / 2, toY - y - x / 2);
}
