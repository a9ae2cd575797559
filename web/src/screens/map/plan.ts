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
  const across = Math.ceil(Math.sqrt((groups.size * WIDTH) / (HEIGHT - top) / 2));
  const columns = Math.max(1, Math.min(groups.size, across));
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

const ALONG = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8]; // where on a line its sign may be

/** A line that bends, the more the more others go the same way; its sign is where nothing is, if there is such a place. */
export function bent(from: Point, to: Point, nth: number, plan: Plan, signs: readonly Point[]): { path: string; sign: Point } {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const bend = 0.12 + 0.08 * nth;
  const turn = { x: (from.x + to.x) / 2 - dy * bend, y: (from.y + to.y) / 2 + dx * bend };
  const at = (t: number) => ({
    x: (1 - t) ** 2 * from.x + 2 * t * (1 - t) * turn.x + t ** 2 * to.x,
    y: (1 - t) ** 2 * from.y + 2 * t * (1 - t) * turn.y + t ** 2 * to.y,
  });
  const schools = [...plan.points.values()];
  const clear = (sign: Point) =>
    !schools.some(({ x, y }) => Math.abs(sign.x - x) < 62 && sign.y > y - 32 && sign.y < y + 56) &&
    !signs.some(({ x, y }) => Math.hypot(sign.x - x, sign.y - y) < 26);
  const sign = ALONG.map(at).find(clear) ?? at(0.5);
  return { path: `M${from.x} ${from.y} Q${turn.x} ${turn.y} ${to.x} ${to.y}`, sign };
}
