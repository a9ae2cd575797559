// Paints formulas; the setter comes from the server when the first one is to be seen.
import type { Formula } from "../../wire.gen";
import { arrived } from "../arrivals";
import { UNIT } from "../ink";
import type { Look } from "../look";
import { FONT } from "../words";
import { EM, type Outline, read } from "./outlines";

const MOST_KEPT = 500; // settings: more than a lesson has formulas
const AGAIN_MS = 5000; // the line was broken when the setter was to come

type Setter = (latex: string) => Uint8Array | null;

/** How a formula is painted. */
interface Setting extends Omit<Outline, "pieces"> {
  pieces: { line: number; path: Path2D }[];
}

let setter: Setter | "coming" | null = null;
const packings = new Map<string, Uint8Array | null>();
const settings = new WeakMap<Uint8Array, Setting>();

/** Draw a formula in board coordinates; as it was typed while there is no setter, or no sense in it. */
export function paintFormula(ctx: CanvasRenderingContext2D, body: Formula, look: Words, colour: string): void {
  const size = body.size / UNIT;
  ctx.translate(body.x / UNIT, body.y / UNIT);
  ctx.fillStyle = ctx.strokeStyle = colour;
  const setting = settingOf(body, look);
  if (setting) paint(ctx, setting, size);
  else plain(ctx, look.text ?? body.latex, size);
}

type Words = Pick<Look, "text" | "outline">;

/** How a formula is set: as its writer's page did it, else by this one; null while it cannot. */
export function settingOf(body: Formula, { text, outline }: Words): Setting | null {
  const came = text === null ? body.outline : outline;
  const packed = came?.length ? came : packedOf(text ?? body.latex);
  return packed && settingIn(packed);
}

function settingIn(packed: Uint8Array): Setting {
  const known = settings.get(packed);
  if (known) return known;
  const outline = read(packed);
  const pieces = outline.pieces.map(({ line, path }) => ({ line, path: new Path2D(path) }));
  const setting = { ...outline, pieces };
  settings.set(packed, setting);
  return setting;
}

/** The outlines of a formula, packed; null where it is none, or not known yet. */
export function packedOf(latex: string): Uint8Array | null {
  const known = packings.get(latex);
  if (known !== undefined) return known;
  if (typeof setter !== "function") {
    fetchSetter();
    return null;
  }
  const packed = setter(latex);
  packings.set(latex, packed);
  for (const oldest of packings.keys()) {
    if (packings.size <= MOST_KEPT) break;
    packings.delete(oldest);
  }
  return packed;
}

export function setterIsHere(): boolean {
  return typeof setter === "function";
}

/** Have the setter come: it is wanted soon. */
export function fetchSetter(): void {
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

function paint(ctx: CanvasRenderingContext2D, { pieces, words }: Setting, size: number): void {
  ctx.scale(size / EM, size / EM);
  for (const { line, path } of pieces) {
    ctx.lineWidth = line;
    if (line) ctx.stroke(path);
    else ctx.fill(path);
  }
  for (const { x, y, size: height, text } of words) letters(ctx, text, height, [x, y]);
}

function plain(ctx: CanvasRenderingContext2D, latex: string, size: number): void {
  ctx.globalAlpha = 0.6;
  ctx.translate(0, size);
  letters(ctx, latex, size * 0.8);
  ctx.globalAlpha = 1;
}

function letters(ctx: CanvasRenderingContext2D, text: string, size: number, [x, y] = [0, 0]): void {
  ctx.font = `${size}px ${FONT}`;
  ctx.textAlign = "left";
  ctx.textBaseline = "alphabetic";
  ctx.fillText(text, x, y);
}
