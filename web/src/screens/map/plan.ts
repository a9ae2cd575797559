// Where schools stand on the plan: by their places on earth, or in a grid, an alliance a box.
export interface Place {
  id: string;
  name: string;
  alliance: string;
  latitude: number | null;
  longitude: number | null;
}

export interface Point {
  x: number;
  y: number;
}

export interface Box extends Point {
  name: string;
  width: number;
  height: number;
}

export interface Plan {
  points: Map<string, Point>;
  boxes: Box[];
}

export const WIDTH = 1000;
export const HEIGHT = 560;
const EDGE = 60; // so that names stay inside
const STRIP = 200; // at the bottom, for those without a place where others have one

/** All of them; who has no place stands in the box of its alliance. */
export function planOf(schools: readonly Place[], alliances: Record<string, string>, alone: string): Plan {
  const placed = schools.filter(({ latitude, longitude }) => latitude !== null && longitude !== null);
  const rest = schools.filter((one) => !placed.includes(one));
  const top = rest.length ? HEIGHT - STRIP : HEIGHT;
  const points = onEarth(placed, top);
  const { points: others, boxes } = inBoxes(rest, placed.length ? top : 0, (id) => alliances[id] ?? alone);
  return { points: new Map([...points, ...others]), boxes };
}

/** Degrees east are shorter, the farther from the equator. */
function onEarth(placed: readonly Place[], height: number): Map<string, Point> {
  const north = placed.map(({ latitude }) => latitude ?? 0);
  const middle = (Math.min(...north) + Math.max(...north)) / 2;
  const shorter = Math.cos((middle * Math.PI) / 180);
  const flat = placed.map(({ id, latitude, longitude }) => ({
    id,
    x: (longitude ?? 0) * shorter,
    y: -(latitude ?? 0),
  }));
  const [xs, ys] = [flat.map(({ x }) => x), flat.map(({ y }) => y)];
  const [left, up] = [Math.min(...xs), Math.min(...ys)];
  const [wide, high] = [Math.max(...xs) - left, Math.max(...ys) - up];
  const scale = Math.min(
    wide ? (WIDTH - 2 * EDGE) / wide : Number.POSITIVE_INFINITY,
    high ? (height - 2 * EDGE) / high : Number.POSITIVE_INFINITY,
  );
  const at = Number.isFinite(scale) ? scale : 0;
  const [x0, y0] = [(WIDTH - wide * at) / 2, (height - high * at) / 2];
  return new Map(flat.map(({ id, x, y }) => [id, { x: x0 + (x - left) * at, y: y0 + (y - up) * at }]));
}

function inBoxes(rest: readonly Place[], top: number, nameOf: (alliance: string) => string): Plan {
  const groups = new Map<string, Place[]>();
  for (const one of rest) groups.set(one.alliance, [...(groups.get(one.alliance) ?? []), one]);
  const columns = Math.max(1, Math.ceil(Math.sqrt((groups.size * WIDTH) / (HEIGHT - top) / 2)));
  const rows = Math.ceil(groups.size / columns);
  const [width, height] = [WIDTH / columns, (HEIGHT - top) / Math.max(1, rows)];
  const points = new Map<string, Point>();
  const boxes = [...groups].map(([alliance, schools], n) => {
    const box = { name: nameOf(alliance), x: (n % columns) * width, y: top + Math.floor(n / columns) * height, width, height };
    const across = Math.max(1, Math.ceil(Math.sqrt((schools.length * width) / height)));
    const down = Math.ceil(schools.length / across);
    schools.forEach(({ id }, k) => {
      const low = (k % across) % 2 ? 0.12 : -0.12; // so that a line along a row passes no dot
      points.set(id, {
        x: box.x + (((k % across) + 0.5) * width) / across,
        y: box.y + 24 + ((Math.floor(k / across) + 0.5 + low) * (height - 32)) / down,
      });
    });
    return box;
  });
  return { points, boxes };
}

/** A line that bends, the more the more others go the same way; and the middle of it. */
export function bent(from: Point, to: Point, nth: number): { path: string; middle: Point } {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const bend = 0.12 + 0.08 * nth;
  const turn = { x: (from.x + to.x) / 2 - dy * bend, y: (from.y + to.y) / 2 + dx * bend };
  const middle = { x: (from.x + 2 * turn.x + to.x) / 4, y: (from.y + 2 * turn.y + to.y) / 4 };
  return { path: `M${from.x} ${from.y} Q${turn.x} ${turn.y} ${to.x} ${to.y}`, middle };
}
