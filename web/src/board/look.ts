// How a mark looks now: its body, and what the edits that are on make of it.
import { edits, isOff, type Mark, type Page } from "../channels/board";
import type { Change, NewMark } from "../wire.gen";

export type Body = NewMark["body"];
export type Edit = Change["edit"];
/** a b c d e f in units, as SVG and canvas have it. */
export type Matrix = readonly [number, number, number, number, number, number];

export interface Look {
  body: Body;
  matrix: Matrix | null;
  colour: number | null;
  text: string | null;
  /** Of a formula that was written anew. */
  outline: Uint8Array | null;
  /** Points of the ink that are erased: from and to in turn, rising and apart. */
  cuts: readonly number[];
}

const AS_IT_WAS = { matrix: null, colour: null, text: null, outline: null, cuts: [] };

/** Null where nothing of it is to be seen.  ``more`` are edits that are not facts yet. */
export function lookOf(
  number: number,
  page: Page,
  mark: Mark,
  more: readonly Edit[] = [],
): Look | null {
  if (isOff(page, mark.op)) return null;
  if (!mark.changes.length && !more.length) return { body: mark.body, ...AS_IT_WAS };
  const look: Look = { body: mark.body, ...AS_IT_WAS };
  const spans: [number, number][] = [];
  for (const edit of [...edits(page, mark), ...more]) {
    if (edit.t === "hide") return null;
    if (edit.t === "place") look.matrix = after(look.matrix, edit.by);
    if (edit.t === "tint") look.colour = edit.colour;
    if (edit.t === "rewrite") Object.assign(look, { text: edit.text, outline: edit.outline });
    if (edit.t === "cut") spans.push(...spansOf(number, edit.spans));
  }
  return { ...look, cuts: joined(spans) };
}

/** One matrix applied after another. */
export function after(first: Matrix | null, then: Matrix): Matrix {
  if (!first) return then;
  const [a, b, c, d, e, f] = first;
  const [p, q, r, s, t, u] = then;
  return [
    ...[p * a + r * b, q * a + s * b],
    ...[p * c + r * d, q * c + s * d],
    ...[p * e + r * f + t, q * e + s * f + u],
  ] as unknown as Matrix;
}

/** Where a point in units comes to lie. */
export function placed(matrix: Matrix | null, x: number, y: number): [number, number] {
  if (!matrix) return [x, y];
  const [a, b, c, d, e, f] = matrix;
  return [a * x + c * y + e, b * x + d * y + f];
}

function spansOf(number: number, spans: readonly (readonly number[])[]): [number, number][] {
  return spans.filter(([mark]) => mark === number).map(([, from, to]) => [from, to]);
}

/** Spans that overlap made one, in order: they commute, whoever erased first. */
function joined(spans: [number, number][]): number[] {
  const cuts: number[] = [];
  for (const [from, to] of spans.sort((one, other) => one[0] - other[0])) {
    const end = cuts.length - 1;
    if (cuts.length && from <= cuts[end]) cuts[end] = Math.max(cuts[end], to);
    else cuts.push(from, to);
  }
  return cuts;
}
