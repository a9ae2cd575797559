// Which marks a hand means: those it touches, and those it has drawn a loop around.
import { SEAT } from "../channels/board";
import { type Extent, extentOf, type Spot } from "./extent";
import { UNIT } from "./ink";
import { type Look, lookOf } from "./look";
import type { Place } from "./regular";
import { distance } from "./rub";
import type { Kit } from "./tools/tool";

const REACH = 16; // board pixels around a finger

/** Those marks of the page in front that our hand may change, as they look now; the uppermost last. */
export function ours(kit: Pick<Kit, "connection" | "acts">, numbers?: readonly number[]): Map<number, Look> {
  const { seat, states, you } = kit.connection.store;
  const page = states.board.pages.get(kit.acts.page);
  const looks = new Map<number, Look>();
  for (const number of numbers ?? page?.marks.keys() ?? []) {
    const mark = page?.marks.get(number);
    const own = you.value?.role === "teacher" || Math.floor(number / SEAT) === seat;
    const look = own && page && mark && lookOf(number, page, mark, kit.acts.foreseenOf(number));
    if (look) looks.set(number, look);
  }
  return looks;
}

/** The uppermost mark at a place, or null. */
export function markAt(looks: ReadonlyMap<number, Look>, [x, y]: Place): number | null {
  const at: Spot = [x * UNIT, y * UNIT];
  const hit = [...looks].reverse().find(([, look]) => touches(look, at, REACH * UNIT));
  return hit ? hit[0] : null;
}

/** The uppermost mark of a kind at a place, or null. */
export function bodyAt(
  kit: Pick<Kit, "connection" | "acts">,
  place: Place,
  kind: Look["body"]["t"],
): number | null {
  const those = [...ours(kit)].filter(([, { body }]) => body.t === kind);
  return markAt(new Map(those), place);
}

/** Whether a mark comes as near to a spot as this; all in units. */
export function touches(look: Look, at: Spot, reach: number): boolean {
  const { points, solid } = extentOf(look);
  if (solid && inside(points, at)) return true;
  const near = reach + ("pen" in look.body ? look.body.pen.width / 2 : 0);
  if (points.length === 1) return distance(at, points[0], points[0]) < near;
  return points.some((point, i) => i > 0 && distance(at, points[i - 1], point) < near);
}

/** The marks more than half of which lie within a loop. */
export function within(looks: ReadonlyMap<number, Look>, loop: readonly Place[]): number[] {
  const spots = loop.map(([x, y]): Spot => [x * UNIT, y * UNIT]);
  return [...looks].filter(([, look]) => share(extentOf(look), spots) > 0.5).map(([n]) => n);
}

function share({ points }: Extent, loop: readonly Spot[]): number {
  return points.filter((point) => inside(loop, point)).length / points.length;
}

/** Even and odd: how often a ray to the right crosses the outline. */
function inside(outline: readonly Spot[], [x, y]: Spot): boolean {
  let odd = false;
  outline.forEach(([bx, by], i) => {
    const [ax, ay] = outline[(i || outline.length) - 1];
    if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) odd = !odd;
  });
  return odd;
}
