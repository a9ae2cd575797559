// What was said before and what is said now, in one ear: the one until they are alike, then the other.
import { delayOf } from "./align";
import { DRAIN, Drain, spareOf } from "./drain";
import { Ear } from "./ear";
import { FRAMES_A_SECOND } from "./frames";

export const LONGEST = 8; // seconds between the two at the moment of the change
const FADE = 0.03; // seconds
const LOOK_MS = 50;
const OPENS_MS = 1500; // a busy old PC takes a second; where a touch is wanted it never opens
const PAUSE = 10; // frames of silence in which the usual way takes over unnoticed
const AT_LAST = 20; // seconds without such a pause, then it takes over in the middle of a word
const BOTH_MS = 200; // for which both ways are open: a page is painted before its voices sound

export class Mixer {
  private context: AudioContext | null = null;
  private readonly past: GainNode[] = [];
  private then: Ear | null = null;
  private live: Ear | null = null;
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
    this.then = new Ear(context);
    return true;
  }

  /** Let a recorded voice be heard through here. */
  take(element: HTMLMediaElement): void {
    if (!this.context || !this.then) return;
    const gain = this.context.createGain();
    this.context.createMediaElementSource(element).connect(gain);
    gain.connect(this.then.input);
    gain.connect(this.context.destination);
    this.past.push(gain);
  }

  /** Let what is said now run into the delay line, unheard. */
  prepare(tracks: readonly MediaStreamTrack[]): void {
    if (!this.context || this.delay) return;
    this.delay = new DelayNode(this.context, { maxDelayTime: LONGEST });
    this.now = new GainNode(this.context, { gain: 0 });
    this.live = new Ear(this.context);
    for (const track of tracks) {
      const voice = this.context.createMediaStreamSource(new MediaStream([track]));
      voice.connect(this.delay);
      voice.connect(this.live.input);
    }
    this.delay.connect(this.now).connect(this.context.destination);
    this.filledFrom = this.context.currentTime;
  }

  /** To be called often from then on: both ears listen. */
  listen(): void {
    if (!this.live) return;
    this.then?.listen();
    this.live.listen();
  }

  /** Seconds for which nothing has been said, neither then nor now. */
  get stillFor(): number {
    if (!this.then || !this.live) return 0;
    return Math.min(this.then.frames.quietFor, this.live.frames.quietFor) / FRAMES_A_SECOND;
  }

  /** Seconds from what is heard of the past to the same in what is live; null where it is not clear. */
  apart(): number | null {
    return this.then && this.live && delayOf(this.then.frames, this.live.frames, LONGEST);
  }

  /** Whether the delay line holds the last so many seconds. */
  holds(seconds: number): boolean {
    const time = this.context?.currentTime ?? 0;
    return seconds <= LONGEST && time - this.filledFrom > seconds + 2 * FADE;
  }

  /** Go over to what was said so many seconds ago, and come nearer to now; `done` then. */
  change(seconds: number, done: () => void): void {
    if (!this.context || !this.now) return done();
    const time = this.context.currentTime;
    const drain = new Drain(seconds, time);
    for (const { gain } of this.past) gain.setTargetAtTime(0, time, FADE / 3);
    this.now.gain.setTargetAtTime(1, time, FADE / 3);
    this.wait(drain, time);
    this.timer = window.setInterval(() => this.approach(drain, done), LOOK_MS);
  }

  /** The usual way is open again: this one closes as soon as that one sounds. */
  close(): void {
    clearInterval(this.timer);
    const { context } = this;
    this.context = null;
    setTimeout(() => void context?.close(), BOTH_MS);
  }

  private approach(drain: Drain, done: () => void): void {
    if (!this.context || !this.live) return done();
    this.live.listen();
    const { frames } = this.live;
    const time = frames.end / FRAMES_A_SECOND;
    const spare = spareOf(drain.at(time), frames);
    if (spare > 0) {
      drain.leap(spare, time);
      this.wait(drain, this.context.currentTime);
    }
    const arrived = drain.at(time) === 0;
    if (arrived && (frames.quietFor >= PAUSE || time - drain.zeroAt > AT_LAST)) done();
  }

  private wait(drain: Drain, time: number): void {
    const { delayTime } = this.delay as DelayNode;
    const seconds = drain.at(time);
    delayTime.cancelScheduledValues(time);
    delayTime.setValueAtTime(seconds, time);
    delayTime.linearRampToValueAtTime(0, time + seconds / DRAIN);
  }
}
