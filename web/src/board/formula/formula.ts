// Paints formulas; the setter comes from the server when the first one is to be seen.
import type { Formula } from "../../wire.gen";
import { arrived } from "../arrivals";
import { UNIT } from "../ink";
import { FONT } from "../words";
import type { Setting } from "./setter";

const MOST_KEPT = 500; // settings: more than a lesson has formulas
const AGAIN_MS = 5000; // the line was broken when the setter was to come

type Setter = (latex: string) => Setting | null;

let setter: Setter | "coming" | null = null;
const settings = new Map<string, Setting | null>();

/** Draw a formula in board coordinates; as it was typed while there is no setter, or no sense in it. */
export function paintFormula(
  ctx: CanvasRenderingContext2D,
  body: Formula,
  latex: string,
  colour: string,
): void {
  const size = body.size / UNIT;
  ctx.translate(body.x / UNIT, body.y / UNIT);
  ctx.fillStyle = ctx.strokeStyle = colour;
  const setting = settingOf(latex);
  if (setting) paint(ctx, setting, size);
  else plain(ctx, latex, size);
}

/** How a formula is set; null where it is none, or not known yet. */
export function settingOf(latex: string): Setting | null {
  const known = settings.get(latex);
  if (known !== undefined) return known;
  if (typeof setter !== "function") {
    fetch();
    return null;
  }
  const setting = setter(latex);
  settings.set(latex, setting);
  for (const oldest of settings.keys()) {
    if (settings.size <= MOST_KEPT) break;
    settings.delete(oldest);
  }
  return setting;
}

export function setterIsHere(): boolean {
  return typeof setter === "function";
}

function fetch(): void {
  if (setter) return;
  setter = "coming";
  import("./setter").then(
    ({ set }) => {
      setter = set;
      arrived();
    },
    () => {
      setTimeout(() => {
        setter = null;
        arrived();
      }, AGAIN_MS);
    },
  );
}

function paint(ctx: CanvasRenderingContext2D, setting: Setting, size: number): void {
  ctx.scale(size, size);
  for (const { matrix, path, clip, line } of setting.pieces) {
    ctx.save();
    ctx.transform(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f);
    if (clip) ctx.clip(rect(clip));
    ctx.lineWidth = line;
    if (line) ctx.stroke(path);
    else ctx.fill(path);
    ctx.restore();
  }
  for (const { matrix, text, size: height } of setting.words) {
    ctx.save();
    ctx.transform(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f);
    letters(ctx, text, height);
    ctx.restore();
  }
}

function plain(ctx: CanvasRenderingContext2D, latex: string, size: number): void {
  ctx.globalAlpha = 0.6;
  ctx.translate(0, size);
  letters(ctx, latex, size * 0.8);
  ctx.globalAlpha = 1;
}

function letters(ctx: CanvasRenderingContext2D, text: string, size: number): void {
  ctx.font = `${size}px ${FONT}`;
  ctx.textAlign = "left";
  ctx.textBaseline = "alphabetic";
  ctx.fillText(text, 0, 0);
}

function rect([x, y, width, height]: readonly number[]): Path2D {
  const path = new Path2D();
  path.rect(x, y, width, height);
  return path;
}
