// How a voice that is heard late comes nearer to now: a hair faster, and over its pauses.
import { FRAMES_A_SECOND, type Frames } from "./frames";

export const DRAIN = 0.03; // of a second in each: the voice is half a semitone higher meanwhile
const BREATH = 20; // frames of a pause that stay before, and before what is said next
const BEFORE = 15;
const WORTH = 10; // frames: less is not worth a leap

/** Pure: a delay that shrinks by itself from a moment on. */
export class Drain {
  constructor(
    private from: number,
    private since: number,
  ) {}

  /** Seconds at a moment. */
  at(time: number): number {
    return Math.max(0, this.from - DRAIN * (time - this.since));
  }

  /** When nothing is left of it. */
  get zeroAt(): number {
    return this.since + this.from / DRAIN;
  }

  /** Shorter at once. */
  leap(seconds: number, time: number): void {
    this.from = this.at(time) - seconds;
    this.since = time;
  }
}

/** Seconds of what is heard next that may be left out, as nothing is said in them. */
export function spareOf(delay: number, live: Frames): number {
  const next = live.end - Math.round(delay * FRAMES_A_SECOND);
  for (let n = next - BREATH; n < next; n++) if (!live.isQuiet(n)) return 0;
  let end = next;
  while (end < live.end && live.isQuiet(end)) end++;
  if (end === live.end) return delay; // nothing was said since: it is now
  const spare = end - next - BEFORE;
  return spare < WORTH ? 0 : spare / FRAMES_A_SECOND;
}
