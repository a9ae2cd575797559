// The lesson's clock in a replay: lesson seconds out of real seconds, at a rate, between two ends.

const MOST_LEAN = 0.5; // of the time that goes by: what is shown never goes back
const LEAN = 0.2; // of what is wrong, each time: an element tells its time in steps of some 10 ms

/** Pure: `now` is in real seconds from any monotonic clock, `at` in lesson seconds. */
export class LessonClock {
  /** The last moment there is; grows while the lesson is live. */
  endsAt = 0;
  private from = 0;
  private since: number | null = null;
  private speed = 1;

  get running(): boolean {
    return this.since !== null;
  }

  get rate(): number {
    return this.speed;
  }

  at(now: number): number {
    const gone = this.since === null ? 0 : (now - this.since) * this.speed;
    return Math.min(Math.max(this.from + gone, 0), Math.max(this.endsAt, 0));
  }

  run(now: number): void {
    this.since ??= now;
  }

  stop(now: number): void {
    this.from = this.at(now);
    this.since = null;
  }

  seek(at: number, now: number): void {
    this.from = Math.min(Math.max(at, 0), this.endsAt);
    if (this.running) this.since = now;
  }

  /** Draw nearer to the time of a voice that is heard: nobody hears a clock. */
  lean(to: number, now: number): void {
    if (this.since === null) return;
    const [at, most] = [this.at(now), (now - this.since) * this.speed * MOST_LEAN];
    this.seek(at + Math.min(Math.max((to - at) * LEAN, -most), most), now);
  }

  setRate(rate: number, now: number): void {
    this.seek(this.at(now), now);
    this.speed = rate;
  }
}
