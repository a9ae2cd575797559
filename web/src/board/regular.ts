// From a movement of the hand to a shape: and what is nearly regular becomes regular.
import type { Shape } from "../wire.gen";
import { UNIT } from "./ink";
import type { Kind } from "./choices";

/** In board pixels. */
export type Place = readonly [x: number, y: number];

const NEARLY = 0.06; // of the longer side: the other is as long
const UPRIGHT = 2.5; // degrees from level or plumb: nobody's hand is better
const TURN = 15; // degrees: with the key held, lines stand at multiples of it

/** The kind and corners of a shape drawn from one place to another, in units. */
export function shapeOf(
  kind: Exclude<Kind, "polygon">,
  from: Place,
  to: Place,
  regular: boolean,
): Pick<Shape, "kind" | "corners"> {
  if (kind === "line" || kind === "arrow") return { kind, corners: units(from, straight(from, to, regular)) };
  if (kind === "axes" || kind === "quadrant") return { kind, corners: units(from, to) };
  const end = even(from, to, regular);
  if (kind === "rect" || kind === "ellipse") return { kind, corners: units(from, end) };
  const top = kind === "right" ? from[0] : (from[0] + end[0]) / 2;
  return { kind: "polygon", corners: units([top, from[1]], [end[0], end[1]], [from[0], end[1]]) };
}

export function units(...places: Place[]): number[] {
  return places.flatMap(([x, y]) => [Math.round(x * UNIT), Math.round(y * UNIT)]);
}

function straight(from: Place, to: Place, regular: boolean): Place {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const angle = (Math.atan2(dy, dx) * 180) / Math.PI;
  const step = regular ? TURN : 90;
  const nearest = Math.round(angle / step) * step;
  if (!regular && Math.abs(angle - nearest) > UPRIGHT) return to;
  const [radians, length] = [(nearest * Math.PI) / 180, Math.hypot(dx, dy)];
  return [from[0] + Math.cos(radians) * length, from[1] + Math.sin(radians) * length];
}

/** The corner that makes both sides as long, where that is asked for or nearly so. */
function even(from: Place, to: Place, regular: boolean): Place {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const longer = Math.max(Math.abs(dx), Math.abs(dy));
  const nearly = Math.abs(Math.abs(dx) - Math.abs(dy)) < longer * NEARLY;
  if (!regular && !nearly) return to;
  return [from[0] + longer * (dx < 0 ? -1 : 1), from[1] + longer * (dy < 0 ? -1 : 1)];
}
