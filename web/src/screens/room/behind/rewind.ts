// Plays what was missed of the lesson that is still running, faster than it runs, until it is live.
import { batch, signal } from "@preact/signals";
import { isLive } from "../../../channels/tracks";
import { readStates } from "../../../channels/index";
import type { Live } from "../../live/live";
import { LessonClock } from "../../replay/clock";
import type { Pace } from "../../replay/feeder";
import { byTrack, playable, type TrackFile } from "../../replay/files";
import { leapFrom, type Terms } from "../../replay/quiet";
import { Scene } from "../../replay/scene";
import { Timeline } from "../../replay/timeline";
import { Track } from "../../replay/track";
import type { Base } from "../missed";
import { Landing, NEAR } from "./landing";
import { Mixer } from "./mixer";
import { MissedSource } from "./source";
import { jumpFrom, knownUntil, paceOf } from "./span";
import type { Welcome } from "../../../wire.gen";

const TICK_MS = 50;
const LIST_MS = 1500; // between two lists of what is recorded
const LIST_NEAR_MS = 400; // where the end of what is recorded is near
const LATE = 0.15; // seconds by which a voice may be late before it is waited for
const LOST = 10; // so late it does not play at all
const IN_HASTE: Terms = { breath: 0.3, before: 0.3, worth: 0.5 };
const RESUME_WITH = 0.4; // seconds ready before going on
const PICTURE_FROM = 3000; // kbit/s: thrice a good picture, beside the voice
/** Four seconds of voice a piece; what was heard is not heard again. */
const THIN: Pace = { ahead: 8, first: 6 * 1024, piece: 12 * 1024, most: 60, waits: true };

export interface Wish {
  from: number;
  /** Null: until it is live. */
  to: number | null;
  rate: number;
  base: Base | null;
  /** The board is asked for as it was then, not read from the bell on. */
  sharp: boolean;
  /** What was heard here already. */
  heard: readonly (readonly [number, number])[];
}

/** "none": there is no recording of it; "gone": its place is taken by what is live. */
export type State = "opening" | "playing" | "waiting" | "none" | "gone";

export class Rewind {
  readonly state = signal<State>("opening");
  /** Seconds of the lesson, and how far they are behind. */
  readonly at = signal(0);
  readonly left = signal(0);
  readonly camera = signal<Track | null>(null);
  readonly timeline = new Timeline();
  readonly scene = new Scene(this.timeline);
  private readonly source: MissedSource;
  private readonly mixer = new Mixer();
  private readonly clock = new LessonClock();
  private readonly tracks = new Map<string, Track>();
  private files: TrackFile[] = [];
  private known = 0;
  private listing = false;
  private listAt = 0;
  private mixed = false;
  /** Where it began, or went on after a leap: from there on nothing is left out. */
  private begins: number;
  private readonly landing = new Landing();
  private timer = 0;
  private readonly undo: (() => void)[] = [];

  constructor(
    private readonly live: Live,
    readonly wish: Wish,
  ) {
    const begin = (welcome: Welcome) => {
      this.timeline.begin(readStates(welcome.states as never), welcome.seq);
      this.scene.reset();
    };
    this.source = new MissedSource(live, wish.from, begin, wish.sharp);
    this.at.value = this.begins = wish.from;
  }

  async open(): Promise<void> {
    const { live, wish } = this;
    live.quiet.value = true;
    this.mixed = await this.mixer.open();
    if (wish.base) {
      this.timeline.begin(wish.base.states, wish.base.seq);
      this.scene.reset();
    }
    this.undo.push(live.store.onReplaced(() => void this.readOn().catch(() => undefined)));
    try {
      await Promise.all([this.readOn(), this.list()]);
    } catch {
      return this.end("none");
    }
    if (this.state.value !== "opening") return;
    if (!this.files.some((file) => file.ends_ms / 1000 > wish.from)) return this.end("none");
    this.clock.endsAt = Infinity;
    this.clock.seek(wish.from, this.now);
    this.timer = window.setInterval(() => this.tick(), TICK_MS);
    this.tick();
  }

  /** Live at once: what is left is let go. */
  stop(): void {
    this.end("gone");
  }

  close(): void {
    this.stop();
    this.mixer.close();
    this.live.quiet.value = false;
  }

  private get now(): number {
    return performance.now() / 1000;
  }

  /** What happens now is put behind what was fetched: it comes by the lesson's own line. */
  private async readOn(): Promise<void> {
    const { store } = this.live;
    const fresh: Parameters<Timeline["take"]>[] = [];
    const listening = store.onFact((fact, at) => fresh.push([store.seq, at, fact]));
    await this.source.log(this.timeline.seq, (frame) => this.timeline.add(frame)).finally(listening);
    for (const [seq, at, fact] of fresh) if (seq > this.timeline.seq) this.timeline.take(seq, at, fact);
    this.undo.splice(1).forEach((undo) => undo());
    if (this.state.value === "gone") return;
    this.undo.push(store.onFact((fact, at) => this.timeline.take(store.seq, at, fact)));
  }

  private async list(): Promise<void> {
    this.listing = true;
    const [files] = playable(await this.source.tracks(!this.wide));
    this.listing = false;
    this.listAt = performance.now();
    this.files = files;
    this.known = Math.max(this.known, knownUntil(files, this.source.listedAt, (who) => this.isHeard(who)));
    for (const [key, list] of byTrack(files)) this.takeFiles(key, list);
  }

  private takeFiles(key: string, list: TrackFile[]): void {
    const known = this.tracks.get(key);
    if (known) return known.setFiles(list);
    if (list[0].who === this.live.store.you.value?.id) return; // what we said ourselves
    const track = new Track(list, this.source, THIN);
    this.tracks.set(key, track);
    if (track.name === "voice") this.mixer.take(track.element);
    if (track.name === "camera") this.camera.value = track;
  }

  /** Whether the line carries a picture beside the voice. */
  private get wide(): boolean {
    return this.source.pace > PICTURE_FROM && (this.live.lights.mine.value?.loss ?? 100) < 8;
  }

  private get voices(): Track[] {
    return [...this.tracks.values()].filter((track) => track.name === "voice");
  }

  /** The lesson's own time: what is heard live now was said then. */
  private get edge(): number {
    const { connection, lights, store } = this.live;
    const ended = store.states.conduct.ended_at;
    return ended ?? (connection.now() - lights.voiceWaits.value) / 1000;
  }

  private tick(): void {
    const now = this.now;
    const until = this.wish.to ?? this.edge;
    const known = Math.min(this.known, until);
    this.keepWith(now);
    let at = this.clock.at(now);
    const jump = this.jumpFrom(at, known);
    if (jump !== null) this.clock.seek((at = this.begins = jump), now);
    const rate = this.rate(at, until);
    if (rate !== this.clock.rate) this.clock.setRate(rate, now);
    this.setGoing(at, known, now);
    this.play(at, rate, now);
    batch(() => {
      const shown = Math.max(at, this.at.value); // what was seen is not drawn again
      this.scene.goTo(this.timeline.countUntil(shown), { leap: jump !== null });
      this.at.value = shown;
      this.left.value = Math.max(0, until - at);
      this.state.value = this.clock.running ? "playing" : "waiting";
    });
    this.mixer.listen();
    this.keepListed();
    this.arrive(until - at, now);
  }

  /** A voice that a busy machine plays late is waited for: nothing of it is left out. */
  private keepWith(now: number): void {
    const at = this.clock.at(now);
    const late = Math.max(0, ...this.voices.map((track) => track.lateness(at, this.begins)));
    if (late > LATE && late < LOST) this.clock.seek(Math.max(at - late, this.begins), now);
  }

  private jumpFrom(at: number, known: number): number | null {
    const { voices, wish, timeline, landing } = this;
    const silent = voices.map((track) => track.silentUntil(at));
    const jump = jumpFrom(at, silent, wish.heard, known);
    if (jump !== null || wish.to !== null || landing.slows) return jump;
    const leap = leapFrom(at, voices, timeline.entries, IN_HASTE);
    return leap !== null && leap < known ? leap : null;
  }

  private rate(at: number, until: number): number {
    const { wish, landing, voices } = this;
    return landing.slows ? 1 : paceOf(at, wish.to === null ? until - NEAR : at, voices, wish.rate);
  }

  private setGoing(at: number, known: number, now: number): void {
    const ahead = this.clock.running ? 0 : RESUME_WITH;
    const { voices } = this;
    const lacking = voices.some((track) => track.lacks(at) || track.lacks(at + ahead));
    const seeking = voices.some((track) => track.seeking);
    if (lacking || seeking || at + ahead >= known) this.clock.stop(now);
    else this.clock.run(now);
  }

  private play(at: number, rate: number, now: number): void {
    const { voices } = this;
    for (const voice of voices) voice.feed(at, now);
    const ready = voices.every((track) => !track.lacks(at + 3));
    for (const track of this.tracks.values()) {
      if (!voices.includes(track) && ready && this.wide) track.feed(at, now);
      track.follow(at, this.clock.running, rate);
    }
  }

  private keepListed(): void {
    const every = this.left.value < NEAR ? LIST_NEAR_MS : LIST_MS;
    if (this.listing || performance.now() - this.listAt < every) return;
    void this.list().catch(() => {
      this.listing = false; // the line is gone for now: asked again soon
      this.listAt = performance.now();
    });
  }

  /** Near the end: what is live comes again, and takes over without a word between. */
  private arrive(left: number, now: number): void {
    const { live, wish, landing } = this;
    if (wish.to !== null || live.store.states.conduct.ended_at !== null) {
      live.lights.fallBehind(left);
      const all = this.known >= this.at.value + left && !this.clock.running && left < 1;
      if (left < RESUME_WITH || all) this.end("gone");
      return;
    }
    const seen = { now, left, heardAt: live.lights.heardAt / 1000, steady: this.steady, speaks: this.speaks };
    const delay = landing.look(seen, this.mixed ? this.mixer : null);
    live.lights.fallBehind(landing.near ? 0 : left);
    if (this.mixed && landing.flows(seen)) this.mixer.prepare(live.peer.audio.value);
    if (delay !== null) this.handOver(delay);
  }

  /** Whether the past runs exactly as fast as it was said. */
  private get steady(): boolean {
    return this.clock.running && this.voices.every(({ element }) => element.playbackRate === 1);
  }

  private get speaks(): boolean {
    const { stage } = this.live.store.states;
    return [stage.teachers[0] ?? "", ...stage.on.keys()].some((who) => this.isHeard(who));
  }

  private isHeard(who: string): boolean {
    return isLive(this.live.store.states.tracks, who, "voice");
  }

  private handOver(delay: number): void {
    if (!this.mixed || delay === 0) return this.end("gone");
    this.mixer.change(delay, () => this.close());
    this.leave();
  }

  private end(state: State): void {
    this.leave(state);
    this.mixer.close();
    this.live.quiet.value = false;
  }

  private leave(state: State = "gone"): void {
    clearInterval(this.timer);
    for (const undo of this.undo.splice(0)) undo();
    for (const track of this.tracks.values()) track.close();
    this.tracks.clear();
    this.live.lights.fallBehind(0);
    this.state.value = state;
  }
}
