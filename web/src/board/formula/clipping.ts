// Cuts a path at the edges of a window: tall brackets are made of pieces that are seen through one.
import type { Segment } from "./packing";

/** Left, top, right, bottom. */
export type Window = readonly [number, number, number, number];
type Spot = readonly [number, number];

const STEPS = 8; // lines for a curve: the ends of a bracket's bar are as round as that

/** What of a path lies within a window; curves become lines where anything is cut. */
export function clipped(path: readonly Segment[], window: Window): Segment[] {
  const spots = path.flatMap(({ at }) => at);
  const whole = spots.every((value, i) => value >= window[i % 2] && value <= window[2 + (i % 2)]);
  if (whole) return [...path];
  return loopsOf(path).flatMap((loop) => {
    const left = [0, 1, 2, 3].reduce<Spot[]>((rest, edge) => cut(rest, edge, window[edge]), loop);
    return left.length ? closed(left) : [];
  });
}

/** Corners, loop by loop. */
function loopsOf(path: readonly Segment[]): Spot[][] {
  const loops: Spot[][] = [];
  for (const { letter, at } of path) {
    const loop = loops[loops.length - 1];
    if (letter === "M") loops.push([[at[0], at[1]]]);
    else if (loop && at.length) loop.push(...along(loop[loop.length - 1], at));
  }
  return loops;
}

function along(from: Spot, at: readonly number[]): Spot[] {
  if (at.length === 2) return [[at[0], at[1]]];
  const spots: Spot[] = [from];
  for (let i = 0; i < at.length; i += 2) spots.push([at[i], at[i + 1]]);
  return Array.from({ length: STEPS }, (_, n) => onCurve(spots, (n + 1) / STEPS));
}

/** De Casteljau's way: between its corners, and between what is found there. */
function onCurve(spots: readonly Spot[], share: number): Spot {
  if (spots.length === 1) return spots[0];
  const between = spots.slice(1).map((to, i) => mixed(spots[i], to, share));
  return onCurve(between, share);
}

function mixed([ax, ay]: Spot, [bx, by]: Spot, share: number): Spot {
  return [ax + (bx - ax) * share, ay + (by - ay) * share];
}

/** What of a loop is on the inner side of one edge: 0 left, 1 top, 2 right, 3 bottom. */
function cut(loop: readonly Spot[], edge: number, limit: number): Spot[] {
  const axis = edge % 2;
  const inner = (spot: Spot) => (edge < 2 ? spot[axis] >= limit : spot[axis] <= limit);
  return loop.flatMap((to, i) => {
    const from = loop[(i || loop.length) - 1];
    const share = (limit - from[axis]) / (to[axis] - from[axis]);
    const crossing = inner(from) === inner(to) ? [] : [mixed(from, to, share)];
    return inner(to) ? [...crossing, to] : crossing;
  });
}

function closed(loop: readonly Spot[]): Segment[] {
  const corners = loop.map((spot, i) => ({ letter: i ? "L" : "M", at: [...spot] }));
  return [...corners, { letter: "Z", at: [] }];
}
