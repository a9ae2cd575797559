// Which points of a stroke a movement of the eraser takes.  Pure: lengths are in units.
import type { Spot } from "./extent";

/** The numbers of the points within reach of the way from one spot to another. */
export function rubbed(points: readonly Spot[], from: Spot, to: Spot, reach: number): number[] {
  const away = points.map((point) => distance(point, from, to));
  const taken: number[] = [];
  for (let i = 0; i < points.length; i++) {
    if (away[i] < reach || between(points, i, from, to, reach, away)) taken.push(i);
  }
  return taken;
}

/** What is left of a stroke that is one point and no stroke any more is taken, too. */
export function crumbs(count: number, cuts: readonly number[]): number[] {
  if (!cuts.length || count < 2) return [];
  const edges = [0, ...cuts, count];
  const left: number[] = [];
  for (let i = 0; i < edges.length; i += 2) {
    if (edges[i + 1] - edges[i] === 1) left.push(edges[i]);
  }
  return left;
}

/** Rising numbers as from and to in turn. */
export function spansOf(numbers: Iterable<number>): number[] {
  const spans: number[] = [];
  for (const number of [...new Set(numbers)].sort((a, b) => a - b)) {
    if (spans[spans.length - 1] === number) spans[spans.length - 1]++;
    else spans.push(number, number + 1);
  }
  return spans;
}

/** A quick pen leaves points far apart: the eraser may pass between two, and takes the nearer. */
function between(
  points: readonly Spot[],
  i: number,
  from: Spot,
  to: Spot,
  reach: number,
  away: readonly number[],
): boolean {
  return [i - 1, i + 1].some((next) => {
    if (next < 0 || next >= points.length || away[next] < reach) return false;
    const nearer = away[i] < away[next] || (away[i] === away[next] && i < next);
    return nearer && apart(points[i], points[next], from, to) < reach;
  });
}

/** How far two sides are apart. */
function apart(a: Spot, b: Spot, c: Spot, d: Spot): number {
  if (cross(a, b, c, d)) return 0;
  return Math.min(distance(a, c, d), distance(b, c, d), distance(c, a, b), distance(d, a, b));
}

function cross(a: Spot, b: Spot, c: Spot, d: Spot): boolean {
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

function side([ax, ay]: Spot, [bx, by]: Spot, [x, y]: Spot): number {
  return (bx - ax) * (y - ay) - (by - ay) * (x - ax);
}

/** From a spot to the side between two others. */
export function distance([x, y]: Spot, [ax, ay]: Spot, [bx, by]: Spot): number {
  const [dx, dy] = [bx - ax, by - ay];
  const along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1);
  const part = Math.min(1, Math.max(0, along));
  return Math.hypot(ax + part * dx - x, ay + part * dy - y);
}
