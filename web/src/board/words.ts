// Paints words and sticky notes, and breaks lines once, when they are put: not on each machine anew.
import type { Text } from "../wire.gen";
import { UNIT } from "./ink";

export const FONT = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", system-ui, sans-serif';
/** A line that ends only because the box is full: not the writer's own line end. */
export const SOFT_END = "\u2028";
export const LINE = 1.4; // heights of the letters, from line to line
export const PADDING = 0.5; // heights of the letters, around the words of a note
const BASELINE = 1.08; // heights of the letters, from the top of a line: CJK then stands in its middle
const SHEET = 0.18; // opacity of a note in its colour: black on each is far over 7:1
const NEVER_FIRST = /^[，。、；：？！）》」』】”’,.;:?!)\]}%…—]/;
/** What is kept together: a word of letters and figures, else each character for itself. */
const PIECES = /[\p{Script=Latin}\p{Script=Greek}\p{N}'_./-]+|[^]/gu;

/** Draw words in board coordinates; too wide a font is narrowed until the line fits its box. */
export function paintText(
  ctx: CanvasRenderingContext2D,
  body: Text,
  text: string,
  colour: number,
  colours: string[],
): void {
  const size = body.size / UNIT;
  const [x, y, width] = body.box.map((value) => value / UNIT);
  const inset = body.note ? PADDING * size : 0;
  if (body.note) sheet(ctx, x, y, width, heightOf(body, text), colours[colour]);
  ctx.fillStyle = colours[body.note ? 0 : colour];
  ctx.font = `${size}px ${FONT}`;
  ctx.textAlign = "left";
  ctx.textBaseline = "alphabetic";
  linesOf(text).forEach((line, i) => {
    const base = y + inset + (i * LINE + BASELINE) * size;
    ctx.fillText(line, x + inset, base, Math.max(1, width - 2 * inset));
  });
}

/** How high these words stand, in board pixels: a note is at least as high as its sheet. */
export function heightOf(body: Text, text: string): number {
  const size = body.size / UNIT;
  const words = linesOf(text).length * LINE * size;
  return body.note ? Math.max(body.box[3] / UNIT, words + 2 * PADDING * size) : words;
}

export function linesOf(text: string): string[] {
  return text.split(/[\n\u2028]/);
}

/** The text as it was typed: without the line ends that only a box has made. */
export function typed(text: string): string {
  return text.replaceAll(SOFT_END, "");
}

/** Break lines that are wider than the box; what a line may not begin with hangs over its end. */
export function broken(text: string, width: number, widthOf: (text: string) => number): string {
  return text
    .split("\n")
    .map((line) => fitted(line, width, widthOf).join(SOFT_END))
    .join("\n");
}

function fitted(text: string, width: number, widthOf: (text: string) => number): string[] {
  const lines = [""];
  for (const piece of text.match(PIECES) ?? []) {
    for (const part of widthOf(piece) > width ? [...piece] : [piece]) {
      const last = lines.length - 1;
      const fits = widthOf((lines[last] + part).trimEnd()) <= width;
      if (!lines[last] || fits || NEVER_FIRST.test(part)) lines[last] += part;
      else lines.push(part);
    }
  }
  return lines;
}

function sheet(
  ctx: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
  colour: string,
): void {
  ctx.fillStyle = ctx.strokeStyle = colour;
  ctx.globalAlpha = SHEET;
  ctx.fillRect(x, y, width, height);
  ctx.globalAlpha = 1;
  ctx.lineWidth = 2;
  ctx.strokeRect(x, y, width, height);
}
