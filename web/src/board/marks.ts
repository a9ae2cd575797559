// Paints marks as they look now; each kind of body has its own painter.
import { UNIT } from "./ink";
import type { Look } from "./look";
import { paintInk } from "./outline";

/** Draw a mark in board coordinates. */
export function paintMark(ctx: CanvasRenderingContext2D, look: Look, colours: string[]): void {
  const { body, matrix } = look;
  ctx.save();
  if (matrix) {
    const [a, b, c, d, e, f] = matrix;
    ctx.transform(a, b, c, d, e / UNIT, f / UNIT);
  }
  if (body.t === "ink") paintInk(ctx, body, look.cuts, look.colour ?? body.pen.colour, colours);
  ctx.restore();
}
