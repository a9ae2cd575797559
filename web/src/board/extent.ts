// Where a mark is, as a hand finds it: points along it, and the box around it as it lies now.
import type { Formula, Shape, Text } from "../wire.gen";
import { settingOf } from "./formula/formula";
import { EM } from "./formula/outlines";
import { UNIT } from "./ink";
import { type Look, placed } from "./look";
import { pointsOf } from "./outline";
import { boxOf } from "./shapes";
import { FONT, heightOf, linesOf, PADDING } from "./words";

/** In units. */
export type Spot = readonly [x: number, y: number];

/** Left, top, right and bottom in units. */
export type Frame = readonly [left: number, top: number, right: number, bottom: number];

const ROUND = 24; // points of an ellipse

/** What a hand can take a mark by: points as dense as fingers, and whether its inside counts too. */
export interface Extent {
  points: readonly Spot[];
  solid: boolean;
}

export function extentOf(look: Look): Extent {
  const { points, solid } = bodyOf(look);
  return { points: points.map(([x, y]) => placed(look.matrix, x, y)), solid };
}

export function frameOf(points: readonly Spot[]): Frame {
  return boxOf(points.flat());
}

function bodyOf(look: Look): Extent {
  const { body, text, cuts } = look;
  switch (body.t) {
    case "ink":
      return { points: left(pointsOf(body), cuts), solid: false };
    case "shape":
      return shapeOf(body);
    case "text":
      return boxed([...body.box.slice(0, 2), ...sizeOf(body, text ?? body.text)]);
    case "picture":
      return boxed(body.box);
    case "formula":
      return boxed([body.x, body.y, ...formulaSize(body, look)]);
  }
}

/** What the cuts have left of some points. */
function left(points: readonly (readonly number[])[], cuts: readonly number[]): Spot[] {
  const kept = points.filter((_, i) => !cuts.some((from, n) => n % 2 === 0 && i >= from && i < cuts[n + 1]));
  return (kept.length ? kept : points).map(([x, y]) => [x, y]);
}

function shapeOf({ kind, corners, filled }: Shape): Extent {
  const [from, top, to, bottom] = boxOf(corners);
  if (kind === "axes" || kind === "quadrant") return boxed([from, top, to - from, bottom - top]);
  if (kind === "rect") return { ...boxed([from, top, to - from, bottom - top]), solid: filled };
  if (kind === "ellipse") return { points: around(from, top, to, bottom), solid: filled };
  const places = corners.flatMap((x, i): Spot[] => (i % 2 ? [] : [[x, corners[i + 1]]]));
  if (kind === "polygon") places.push(places[0]);
  return { points: places, solid: filled && kind === "polygon" };
}

function around(left: number, top: number, right: number, bottom: number): Spot[] {
  const [x, y, rx, ry] = [(left + right) / 2, (top + bottom) / 2, (right - left) / 2, (bottom - top) / 2];
  return Array.from({ length: ROUND + 1 }, (_, i): Spot => {
    const angle = (i / ROUND) * 2 * Math.PI;
    return [x + rx * Math.cos(angle), y + ry * Math.sin(angle)];
  });
}

function boxed([x, y, width, height]: readonly number[]): Extent {
  const [right, bottom] = [x + width, y + height];
  return { points: [[x, y], [right, y], [right, bottom], [x, bottom], [x, y]], solid: true };
}

/** One that is not set here has the size of its letters. */
function formulaSize(body: Formula, look: Look): [number, number] {
  const setting = settingOf(body, look);
  const [width, height] = setting ? [setting.width, setting.height] : [EM, EM];
  return [(width * body.size) / EM, (height * body.size) / EM];
}

let measure: CanvasRenderingContext2D | null = null;

/** Width and height of words as they stand here, in units; a note is as wide as its sheet. */
function sizeOf(body: Text, text: string): [number, number] {
  const height = heightOf(body, text) * UNIT;
  if (body.note) return [body.box[2], height];
  measure ??= document.createElement("canvas").getContext("2d") as CanvasRenderingContext2D;
  measure.font = `${body.size / UNIT}px ${FONT}`;
  const ctx = measure;
  const widest = Math.max(...linesOf(text).map((line) => ctx.measureText(line).width));
  return [Math.min(body.box[2], (widest + PADDING) * UNIT), height];
}
