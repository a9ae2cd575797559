// Lesson time on this machine: the server's milliseconds, moved on by our own clock.

const KEPT = 16; // estimates: half a minute of beats, so that a slow drift is followed

/** Every message that carries lesson time says "at least so late"; the least delayed one is right. */
export class LessonClock {
  private estimates: number[] = [];
  private stale = false;

  /** A message of lesson time `ms` arrived at local time `now` (both milliseconds). */
  heard(ms: number, now: number): void {
    if (this.stale) this.estimates = [];
    this.stale = false;
    this.estimates.push(ms - now);
    if (this.estimates.length > KEPT) this.estimates.shift();
  }

  /** The line broke, and the computer may have slept: run on, but begin anew with what comes. */
  doubt(): void {
    this.stale = true;
  }

  /** Lesson time in milliseconds at local time `now`; 0 before anything was heard. */
  at(now: number): number {
    return this.estimates.length ? now + Math.max(...this.estimates) : 0;
  }
}
