// Paints marks as they look now; each kind of body has its own painter.
import { paintFormula } from "./formula/formula";
import { UNIT } from "./ink";
import type { Look } from "./look";
import { paintInk } from "./outline";
import { paintPicture } from "./pictures";
import { paintShape } from "./shapes";
import { paintText } from "./words";

const FAINT = 7; // the colour of a frame where a picture will be

/** Draw a mark in board coordinates. */
export function paintMark(ctx: CanvasRenderingContext2D, look: Look, colours: string[]): void {
  const { matrix, body, cuts, colour } = look;
  if (body.t === "ink" && !matrix) return paintInk(ctx, body, cuts, colour ?? body.pen.colour, colours);
  ctx.save();
  if (matrix) {
    const [a, b, c, d, e, f] = matrix;
    ctx.transform(a, b, c, d, e / UNIT, f / UNIT);
  }
  paintBody(ctx, look, colours);
  ctx.restore();
}

function paintBody(ctx: CanvasRenderingContext2D, look: Look, colours: string[]): void {
  const { body, colour, text, cuts } = look;
  switch (body.t) {
    case "ink":
      return paintInk(ctx, body, cuts, colour ?? body.pen.colour, colours);
    case "shape":
      return paintShape(ctx, body, colours[colour ?? body.pen.colour]);
    case "text":
      return paintText(ctx, body, text ?? body.text, colour ?? body.colour, colours);
    case "formula":
      return paintFormula(ctx, body, look, colours[colour ?? body.colour]);
    case "picture":
      return paintPicture(ctx, body, colours[FAINT]);
  }
}
