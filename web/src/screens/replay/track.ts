// One recorded track in the browser: a media element kept on the lesson's time.
import { signal } from "@preact/signals";
import { Feeder, PICTURE, type Pace, VOICE } from "./feeder";
import { type TrackFile, covers, nextAt } from "./files";
import { Hearing } from "./hearing";
import type { Source } from "./source";
import { steer } from "./steer";

const SOON = 0.05; // seconds: an element stands a hair beside where it was put
const LEADS_WITHIN = 0.5; // seconds: one that is farther off is put right by a seek
const HAVE_CURRENT = 2; // of readyState: not enough to go on
const ANEW_AFTER = 3; // seconds between two tries after the browser could not decode

export class Track {
  readonly who: string;
  readonly name: TrackFile["track"];
  readonly element: HTMLMediaElement;
  /** Whether there is sound or a picture of it at this moment. */
  readonly there = signal(false);
  /** Whether it was recorded, and the line is too slow to bring it in time. */
  readonly late = signal(false);
  private readonly hearing: Hearing | null;
  private feeder: Feeder | null = null;
  private opened = false;
  private failedAt = -Infinity;
  private soughtAt = 0;
  private seekTook = 0;

  constructor(
    private files: readonly TrackFile[],
    private readonly source: Source,
    private readonly pace: Pace = files[0].track === "voice" ? VOICE : PICTURE,
    /** Called when more of it is ready. */
    private readonly came?: () => void,
  ) {
    this.who = files[0].who;
    this.name = files[0].track;
    this.hearing = this.name === "voice" && isWebm(files) ? new Hearing() : null;
    const kind = this.name === "voice" ? "audio" : "video";
    this.element = document.createElement(kind);
    this.element.preservesPitch = true;
    if (this.element instanceof HTMLVideoElement) {
      this.element.playsInline = true;
      this.element.muted = true; // has no sound; a muted one may always play
    }
    this.element.addEventListener("error", () => this.fail());
    this.element.addEventListener("seeked", () => {
      this.seekTook = (performance.now() - this.soughtAt) / 1000;
    });
  }

  /** What the server lists now; a file that is being written has grown. */
  setFiles(files: readonly TrackFile[]): void {
    this.files = files;
    if (this.feeder) this.feeder.files = files;
  }

  /** Fetch what is wanted next, `now` in real seconds. */
  feed(at: number, now: number): void {
    const next = nextAt(this.files, at);
    const near = next !== null && next - at < this.pace.ahead;
    if (near && !this.opened && now - this.failedAt > ANEW_AFTER) this.open();
    if (near) this.feeder?.feed(at);
  }

  /** Keep the element at a moment of the lesson. */
  follow(at: number, playing: boolean, rate: number): void {
    const { currentTime, playbackRate, seeking, muted, paused } = this.element;
    const seen = { at: currentTime, rate: playbackRate, seeking, muted, ranges: this.ranges() };
    const seekTook = this.pace.waits ? 0 : this.seekTook;
    const order = steer(at, playing, rate, { ...seen, seekTook });
    this.there.value = order.there;
    this.late.value = !order.there && this.isLate(at);
    if (order.seekTo !== null) {
      this.soughtAt = performance.now();
      this.element.currentTime = order.seekTo;
    }
    if (playbackRate !== order.rate) this.element.playbackRate = order.rate;
    if (order.play && paused) void this.element.play().catch(() => undefined); // asked again soon
    if (!order.play && !paused) this.element.pause();
  }

  /** Whether something recorded at this moment is still to be fetched. */
  lacks(at: number): boolean {
    if (this.feeder?.broken || !covers(this.files, at)) return false;
    return !this.ranges().some(([begin, end]) => begin - 0.05 <= at && at < end);
  }

  /** Until when (s) nothing is to be heard of it, from `at` on; `at` where that is not known. */
  quietUntil(at: number): number {
    const next = nextAt(this.files, at);
    if (next === null) return this.files.some((file) => file.live) ? at : Infinity;
    return next > at ? next : (this.hearing?.quietUntil(at) ?? at);
  }

  /** Whether a picture of it was recorded at this moment. */
  covers(at: number): boolean {
    return covers(this.files, at);
  }

  /** The seconds before which nothing more is to be heard or seen; null where that is not known yet. */
  silentUntil(at: number): number | null {
    if (this.ranges().some(([begin, end]) => begin - 0.05 <= at && at < end)) return at;
    const next = nextAt(this.files, at);
    if (next !== at) return next ?? Infinity;
    return this.ranges().find(([begin]) => begin > at)?.[0] ?? null;
  }

  /** Where it is heard to be, in lesson seconds; null while it does not run. */
  heardAt(at: number): number | null {
    const { currentTime, seeking, paused, readyState } = this.element;
    const runs = this.there.value && !seeking && !paused && readyState > HAVE_CURRENT;
    return runs && Math.abs(currentTime - at) < LEADS_WITHIN ? currentTime : null;
  }

  /** How far its time is from the lesson's, in seconds; null where there is nothing now. */
  drift(at: number): number | null {
    return this.there.value ? this.element.currentTime - at : null;
  }

  /** Seconds by which it is played late at a moment; what lies before `from` is left out on purpose. */
  lateness(at: number, from: number): number {
    const { currentTime, seeking } = this.element;
    const plays = this.opened && !seeking && currentTime >= from - SOON;
    return plays && covers(this.files, currentTime + SOON) ? Math.max(0, at - currentTime) : 0;
  }

  /** Whether it is on its way to a moment. */
  get seeking(): boolean {
    return this.opened && this.element.seeking;
  }

  close(): void {
    this.feeder?.close();
    this.element.pause();
    URL.revokeObjectURL(this.element.src);
    this.element.removeAttribute("src");
    this.element.load();
  }

  private isLate(at: number): boolean {
    return covers(this.files, at) && !(this.feeder && this.feeder.reach() > at);
  }

  private open(): void {
    this.opened = true;
    const source = new MediaSource();
    source.addEventListener("sourceopen", () => this.begin(source), { once: true });
    this.element.src = URL.createObjectURL(source);
  }

  private begin(source: MediaSource): void {
    URL.revokeObjectURL(this.element.src);
    source.duration = Infinity; // later files end later than the first one says
    const buffer = source.addSourceBuffer(this.files[0].mime);
    this.feeder = new Feeder(buffer, this.source, this.files, this.hearing, this.pace, this.came);
  }

  private fail(): void {
    if (!this.opened) return;
    this.feeder?.close();
    this.feeder = null;
    this.opened = false;
    this.failedAt = performance.now() / 1000;
  }

  private ranges(): [number, number][] {
    const { buffered } = this.element;
    return Array.from({ length: buffered.length }, (_, i) => [buffered.start(i), buffered.end(i)]);
  }
}

const isWebm = (files: readonly TrackFile[]) => files.every(({ mime }) => mime.includes("/webm"));
