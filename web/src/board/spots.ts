// Where things of the board lie over it, as shares of the sheet: they stay there whatever is zoomed.
import { height, type Part } from "./camera";
import { UNIT } from "./ink";

/** A point in units. */
export function point(x: number, y: number, seen: Part): { left: string; top: string } {
  const left = ((x / UNIT - seen.x) / seen.width) * 100;
  const top = ((y / UNIT - seen.y) / height(seen)) * 100;
  return { left: `${left}%`, top: `${top}%` };
}

/** Left, top, width and height in units. */
export function box([left, top, width, tall]: readonly [number, number, number, number], seen: Part) {
  return {
    ...point(left, top, seen),
    width: `${(width / UNIT / seen.width) * 100}%`,
    height: `${(tall / UNIT / height(seen)) * 100}%`,
  };
}
