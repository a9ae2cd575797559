// Finds how long ago the live voice was what a recording says now, by how both sound.
import { FRAMES_A_SECOND, type Frames } from "./frames";

const WINDOW = 300; // frames that are held to one another: three seconds
const ENOUGH = 150; // of them, heard in both
const ALIKE = 0.7; // likeness; where it was right 0.9, half a second beside it below 0.5
const CLEARLY = 0.02; // so much more alike is a later moment than an earlier one: twice heard, not lost

/** Sums over pairs of numbers. */
interface Sums {
  n: number;
  x: number;
  y: number;
  xx: number;
  yy: number;
  xy: number;
}

/**
 * Seconds, at most so many; null where it is not clear.  Both must have run at their own speed for
 * the last three seconds.
 */
export function delayOf(past: Frames, live: Frames, most: number): number | null {
  let best: number | null = null;
  let alike = ALIKE - CLEARLY;
  for (let lag = Math.floor(most * FRAMES_A_SECOND); lag >= 0; lag--) {
    const found = likeness(past, live, lag);
    if (found > alike + CLEARLY) [best, alike] = [lag, found];
  }
  return best === null ? null : best / FRAMES_A_SECOND;
}

function likeness(past: Frames, live: Frames, lag: number): number {
  const [loud, bright] = [none(), none()];
  for (let n = past.end - WINDOW; n < past.end; n++) {
    const then = past.at(n);
    const now = live.at(n - lag);
    if (Number.isNaN(then[0] + now[0])) continue;
    add(loud, then[0], now[0]);
    add(bright, then[1], now[1]);
  }
  return loud.n < ENOUGH ? 0 : (concordance(loud) + concordance(bright)) / 2;
}

const none = (): Sums => ({ n: 0, x: 0, y: 0, xx: 0, yy: 0, xy: 0 });

function add(sums: Sums, x: number, y: number): void {
  sums.n++;
  sums.x += x;
  sums.y += y;
  sums.xx += x * x;
  sums.yy += y * y;
  sums.xy += x * y;
}

/** One where they are the same, and less where one goes up and down with the other elsewhere (Lin 1989). */
function concordance({ n, x, y, xx, yy, xy }: Sums): number {
  const spread = xx - (x * x) / n + yy - (y * y) / n + (x - y) ** 2 / n;
  return spread > 1e-9 ? (2 * (xy - (x * y) / n)) / spread : 0;
}
