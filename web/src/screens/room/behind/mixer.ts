// What was said before and what is said now, in one ear: how loud the one is, and over to the other.

const QUIET = -2.7; // powers of ten of full scale: 54 dB below it; a classroom's hush, not a soft voice
const SILENCE = -4; // nothing is less than this
const LONGEST = 8; // seconds between the two at the moment of the change
const FADE = 0.03; // seconds
const DRAIN = 0.03; // of a second in each: the voice is half a semitone higher meanwhile
const LOOK_MS = 50;
const OPENS_MS = 1500; // a busy old PC takes a second; where a touch is wanted it never opens

export class Mixer {
  private context: AudioContext | null = null;
  private readonly past: GainNode[] = [];
  private meter: AnalyserNode | null = null;
  private liveMeter: AnalyserNode | null = null;
  private delay: DelayNode | null = null;
  private now: GainNode | null = null;
  private filledFrom = Infinity;
  private timer = 0;

  /** Open it: false where the browser lets nothing be heard yet; then all goes its usual way. */
  async open(): Promise<boolean> {
    const context = new AudioContext();
    const soon = new Promise((resolve) => setTimeout(resolve, OPENS_MS));
    await Promise.race([context.resume(), soon]).catch(() => undefined);
    if (context.state !== "running") {
      void context.close();
      return false;
    }
    this.context = context;
    this.meter = context.createAnalyser();
    return true;
  }

  /** Let a recorded voice be heard through here. */
  take(element: HTMLMediaElement): void {
    if (!this.context || !this.meter) return;
    const gain = this.context.createGain();
    this.context.createMediaElementSource(element).connect(gain);
    gain.connect(this.meter);
    gain.connect(this.context.destination);
    this.past.push(gain);
  }

  /** Whether nothing is said at this moment of the past. */
  get quiet(): boolean {
    return this.meter !== null && loudness(this.meter) < QUIET;
  }

  /** How loud it is, then and now; null where one of them is not to be heard. */
  get levels(): [past: number, live: number] | null {
    return this.meter && this.liveMeter && [loudness(this.meter), loudness(this.liveMeter)];
  }

  /** Let what is said now run into the delay line, unheard. */
  prepare(tracks: readonly MediaStreamTrack[]): void {
    if (!this.context || this.delay) return;
    this.delay = new DelayNode(this.context, { maxDelayTime: LONGEST });
    this.now = new GainNode(this.context, { gain: 0 });
    this.liveMeter = this.context.createAnalyser();
    for (const track of tracks) {
      const voice = this.context.createMediaStreamSource(new MediaStream([track]));
      voice.connect(this.delay);
      voice.connect(this.liveMeter);
    }
    this.delay.connect(this.now).connect(this.context.destination);
    this.filledFrom = this.context.currentTime;
  }

  /** Whether the delay line holds the last so many seconds. */
  holds(seconds: number): boolean {
    const time = this.context?.currentTime ?? 0;
    return seconds <= LONGEST && time - this.filledFrom > seconds + 2 * FADE;
  }

  /**
   * Go over to what was said so many seconds ago, then little by little to now, or at once where
   * nothing was said meanwhile; `done` then.
   */
  change(seconds: number, done: () => void): void {
    if (!this.context || !this.delay || !this.now) return done();
    const time = this.context.currentTime;
    for (const { gain } of this.past) gain.setTargetAtTime(0, time, FADE / 3);
    this.now.gain.setTargetAtTime(1, time, FADE / 3);
    this.delay.delayTime.setValueAtTime(seconds, time);
    this.delay.delayTime.linearRampToValueAtTime(0, time + seconds / DRAIN);
    let spokeAt = time;
    this.timer = window.setInterval(() => {
      const now = this.context?.currentTime ?? Infinity;
      if (this.liveMeter && loudness(this.liveMeter) >= QUIET) spokeAt = now;
      const behind = seconds - DRAIN * (now - time);
      if (behind <= 0 || now - spokeAt > behind + FADE) done();
    }, LOOK_MS);
  }

  close(): void {
    clearInterval(this.timer);
    void this.context?.close();
    this.context = null;
  }
}

const samples = new Float32Array(2048); // an analyser's own measure: 43 ms

/** In powers of ten of full scale. */
function loudness(meter: AnalyserNode): number {
  meter.getFloatTimeDomainData(samples);
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  return Math.max(SILENCE, Math.log10(power + 1e-12) / 2);
}
