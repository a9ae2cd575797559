// From how a mark looks to a body of its own that looks the same: what is copied and pasted.
import { LONGEST_STROKE } from "../channels/board";
import type { Ink, Pen, Shape } from "../wire.gen";
import { encode, MOST_POINTS, newChain, type Point } from "./ink";
import { type Body, type Look, type Matrix, placed } from "./look";
import { pointsOf, rest } from "./outline";

const STILL: Matrix = [1, 0, 0, 1, 0, 0];
const FULL = LONGEST_STROKE - 1024; // bytes: what is longer goes on as another stroke
const LETTERS = [32, 1600]; // units: how small and how large letters may be
const WIDTHS = [4, 255]; // units, of a pen
const ROUND = 48; // corners of an ellipse that was turned

/** Bodies that look as this does; ink of which the middle is erased comes in pieces. */
export function copiesOf(look: Look): Body[] {
  const { body } = look;
  const by = look.matrix ?? STILL;
  const scale = Math.sqrt(Math.abs(by[0] * by[3] - by[1] * by[2]));
  switch (body.t) {
    case "ink":
      return inks(body, penOf(body.pen, look.colour, scale), look, by);
    case "shape":
      return [{ ...turned(body, by), pen: penOf(body.pen, look.colour, scale) }];
    case "text": {
      const box = boxOf(body.box, by, scale);
      const words = { text: look.text ?? body.text, colour: look.colour ?? body.colour };
      return [{ ...body, ...words, box, size: sized(body.size, scale) }];
    }
    case "formula": {
      const [x, y] = whole(placed(by, body.x, body.y));
      const words = { latex: look.text ?? body.latex, colour: look.colour ?? body.colour };
      const outline = (look.text === null ? body.outline : look.outline) ?? new Uint8Array();
      return [{ ...body, ...words, outline, x, y, size: sized(body.size, scale) }];
    }
    case "picture":
      return [{ ...body, box: boxOf(body.box, by, scale) }];
  }
}

/** The same body elsewhere, by whole units. */
export function moved(body: Body, dx: number, dy: number): Body {
  const look = { body, colour: null, text: null, outline: null, cuts: [] };
  const [copy] = copiesOf({ ...look, matrix: [1, 0, 0, 1, dx, dy] });
  return copy;
}

function inks(ink: Ink, pen: Pen, look: Look, by: Matrix): Ink[] {
  return rest(pointsOf(ink), look.cuts).flatMap((piece) => {
    const points = piece.map(([x, y, p]): Point => [...held(placed(by, x, y)), p]);
    return packed(points).map((bytes) => ({ t: "ink", pen, ink: bytes }) as Ink);
  });
}

/** Whole strokes: the batches of each one behind the other. */
function packed(points: readonly Point[]): Uint8Array[] {
  const strokes: number[][] = [];
  let chain = newChain();
  for (let at = 0; at < points.length; ) {
    const first = !strokes.length || strokes[strokes.length - 1].length > FULL;
    if (first) [chain] = [newChain(), strokes.push([])];
    if (first && at > 0) at--; // the next goes on where the last has ended
    const most = first ? MOST_POINTS + 1 : MOST_POINTS;
    strokes[strokes.length - 1].push(...encode(chain, points.slice(at, at + most), first));
    at += most;
  }
  return strokes.map((bytes) => Uint8Array.from(bytes));
}

/** What is turned is no box any more. */
function turned(shape: Shape, by: Matrix): Shape {
  const upright = by[1] === 0 && by[2] === 0;
  const cornered = shape.kind === "rect" || shape.kind === "ellipse";
  const { kind, corners } = upright || !cornered ? shape : { kind: "polygon" as const, corners: outline(shape) };
  return { ...shape, kind, corners: corners.flatMap((x, i) => (i % 2 ? [] : held(placed(by, x, corners[i + 1])))) };
}

function outline({ kind, corners: [ax, ay, bx, by] }: Shape): number[] {
  if (kind === "rect") return [ax, ay, bx, ay, bx, by, ax, by];
  return Array.from({ length: ROUND }, (_, i) => {
    const angle = (i / ROUND) * 2 * Math.PI;
    const [x, y] = [(ax + bx) / 2, (ay + by) / 2];
    return [x + (Math.abs(bx - ax) / 2) * Math.cos(angle), y + (Math.abs(by - ay) / 2) * Math.sin(angle)];
  }).flat();
}

function penOf(pen: Pen, colour: number | null, scale: number): Pen {
  const width = clamp(Math.round(pen.width * scale), WIDTHS[0], WIDTHS[1]);
  return { ...pen, width, colour: colour ?? pen.colour };
}

function boxOf(box: readonly number[], by: Matrix, scale: number): [number, number, number, number] {
  const [x, y] = held(placed(by, box[0], box[1]));
  const [width, height] = [box[2], box[3]].map((side) => Math.max(1, Math.round(side * scale)));
  return [x, y, width, height];
}

function sized(size: number, scale: number): number {
  return clamp(Math.round(size * scale), LETTERS[0], LETTERS[1]);
}

/** Coordinates that fit the wire: a board and room around it. */
function held(spot: readonly [number, number]): [number, number] {
  return whole(spot).map((value) => clamp(value, -8192, 8191)) as [number, number];
}

function whole([x, y]: readonly [number, number]): [number, number] {
  return [Math.round(x), Math.round(y)];
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
