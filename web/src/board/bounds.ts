// Where a mark is to be found: the rectangle that holds all of its pixels.
import type { Formula } from "../wire.gen";
import { settingOf } from "./formula/formula";
import { EM } from "./formula/outlines";
import { UNIT } from "./ink";
import { type Look, type Matrix, placed } from "./look";
import { inkBounds } from "./outline";
import { boxOf } from "./shapes";
import { heightOf } from "./words";

/** Left, top, right, bottom in board pixels. */
export type Rect = readonly [number, number, number, number];

export const EVERYWHERE: Rect = [-Infinity, -Infinity, Infinity, Infinity];

const BESIDE = 100; // board pixels that letters, figures and arrow heads may reach beyond their box
const HEADS = 3 / UNIT; // of a line's width: half the breadth of an arrow's head, and more

export function boundsOf(look: Look): Rect {
  const { matrix } = look;
  const rect = bodyBounds(look);
  return matrix ? placedRect(matrix, rect) : rect;
}

function bodyBounds(look: Look): Rect {
  const { body, text } = look;
  switch (body.t) {
    case "ink":
      return inkBounds(body);
    case "shape":
      return wider(boxOf(body.corners.map((value) => value / UNIT)), BESIDE + HEADS * body.pen.width);
    case "text": {
      const [x, y, width] = body.box.map((value) => value / UNIT);
      return wider([x, y, x + width, y + heightOf(body, text ?? body.text)], BESIDE);
    }
    case "picture": {
      const [x, y, width, height] = body.box.map((value) => value / UNIT);
      return wider([x, y, x + width, y + height], BESIDE);
    }
    case "formula":
      return formulaBounds(body, look);
  }
}

/** Nobody knows the size of a formula before it is set. */
function formulaBounds(body: Formula, look: Look): Rect {
  const { x, y, size } = body;
  const setting = settingOf(body, look);
  if (!setting) return EVERYWHERE;
  const [left, top, height] = [x / UNIT, y / UNIT, size / UNIT / EM];
  const [right, bottom] = [left + setting.width * height, top + setting.height * height];
  return wider([left, top, right, bottom], BESIDE);
}

export function overlap(a: Rect, b: Rect): boolean {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

export function around(a: Rect | null, b: Rect): Rect {
  if (!a) return b;
  return [
    ...[Math.min(a[0], b[0]), Math.min(a[1], b[1])],
    ...[Math.max(a[2], b[2]), Math.max(a[3], b[3])],
  ] as unknown as Rect;
}

function wider([left, top, right, bottom]: Rect, by: number): Rect {
  return [left - by, top - by, right + by, bottom + by];
}

function placedRect(matrix: Matrix, rect: Rect): Rect {
  if (rect === EVERYWHERE) return rect;
  const [left, top, right, bottom] = rect;
  const corners = [
    ...[placed(matrix, left * UNIT, top * UNIT), placed(matrix, right * UNIT, top * UNIT)],
    ...[placed(matrix, left * UNIT, bottom * UNIT), placed(matrix, right * UNIT, bottom * UNIT)],
  ];
  const [xs, ys] = [corners.map(([x]) => x / UNIT), corners.map(([, y]) => y / UNIT)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}
