// Plays what was missed of the lesson that is still running, faster than it runs, until it is live.
import { batch, signal } from "@preact/signals";
import { isLive } from "../../../channels/tracks";
import { readStates } from "../../../channels/index";
import type { Live } from "../../live/live";
import { LessonClock } from "../../replay/clock";
import type { Pace } from "../../replay/feeder";
import { byTrack, playable, type TrackFile } from "../../replay/files";
import { Scene } from "../../replay/scene";
import { Timeline } from "../../replay/timeline";
import { Track } from "../../replay/track";
import type { Base } from "../missed";
import { type Look, offsetOf } from "./align";
import { Mixer } from "./mixer";
import { MissedSource } from "./source";
import { jumpFrom, knownUntil } from "./span";
import type { Welcome } from "../../../wire.gen";

const TICK_MS = 50;
const LIST_MS = 1500; // between two lists of what is recorded
const LIST_NEAR_MS = 400; // where the end of what is recorded is near
const HURRIED = 3; // times as fast, while nobody says anything
const QUIET_MS = 300; // of silence before it is hurried through: a breath stays a breath
const NEAR = 6; // seconds behind from which what is live comes again, unheard
const HAND_OVER = 1.2; // seconds behind at which what is live takes over
const FLOWS_MS = 500; // of what is live, before it is believed to flow
const EARLIER = 2.5; // seconds by which what is live may be later than the clocks say
const LATER = 0.5;
const UNSURE = 0.3; // seconds heard twice rather than lost, where the moment is not found
const MOST_LOOKS = 400; // at how loud it is: twenty seconds, of which four are held to one another
const PATIENCE = 20; // seconds to wait there for a live voice that does not come
const RESUME_WITH = 0.4; // seconds ready before going on
const PICTURE_FROM = 3000; // kbit/s: thrice a good picture, beside the voice
/** Four seconds of voice a piece; what was heard is not heard again. */
const THIN: Pace = { ahead: 8, first: 6 * 1024, piece: 12 * 1024, most: 60 };

export interface Wish {
  from: number;
  /** Null: until it is live. */
  to: number | null;
  rate: number;
  base: Base | null;
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
  private quietSince = 0;
  private nearSince = 0;
  private mixed = false;
  private readonly past: Look[] = [];
  private readonly present: Look[] = [];
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
    this.source = new MissedSource(live, wish.from, begin, wish.to !== null);
    this.at.value = wish.from;
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
    this.known = Math.max(this.known, knownUntil(files, this.source.listedAt));
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
    let at = this.clock.at(now);
    const silent = this.voices.map((track) => track.silentUntil(at));
    const jump = jumpFrom(at, silent, this.wish.heard, known);
    if (jump !== null) this.clock.seek((at = jump), now);
    const rate = this.rate(at, until);
    if (rate !== this.clock.rate) this.clock.setRate(rate, now);
    this.setGoing(at, known, now);
    this.play(at, rate, now);
    batch(() => {
      this.scene.goTo(this.timeline.countUntil(at), { leap: jump !== null });
      this.at.value = at;
      this.left.value = Math.max(0, until - at);
      this.state.value = this.clock.running ? "playing" : "waiting";
    });
    this.listen(at, now);
    this.keepListed();
    this.arrive(at, until);
  }

  private rate(at: number, until: number): number {
    const { rate, to } = this.wish;
    const now = performance.now();
    if (!this.mixer.quiet) this.quietSince = now;
    const hurry = to === null && now - this.quietSince > QUIET_MS && until - at > NEAR;
    return hurry ? HURRIED : until - at > HAND_OVER ? rate : 1;
  }

  private setGoing(at: number, known: number, now: number): void {
    const ahead = this.clock.running ? 0 : RESUME_WITH;
    const lacking = this.voices.some((track) => track.lacks(at) || track.lacks(at + ahead));
    if (lacking || at + ahead >= known) this.clock.stop(now);
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

  private listen(at: number, now: number): void {
    const levels = this.clock.running ? this.mixer.levels : null;
    if (!levels) return;
    this.past.push({ at, loud: levels[0] });
    this.present.push({ at: now, loud: levels[1] });
    for (const looks of [this.past, this.present]) looks.splice(0, looks.length - MOST_LOOKS);
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
  private arrive(at: number, until: number): void {
    const { live, wish } = this;
    const left = until - at;
    const over = wish.to !== null || live.store.states.conduct.ended_at !== null;
    if (over) {
      live.lights.fallBehind(left);
      if (left < RESUME_WITH || (this.known >= until && !this.clock.running && left < 1)) this.end("gone");
      return;
    }
    live.lights.fallBehind(left < NEAR ? 0 : left);
    if (left >= NEAR) this.nearSince = 0;
    else this.nearSince ||= this.now;
    if (!this.nearSince) return;
    const waited = this.now - this.nearSince;
    const heard = live.lights.heardAt > 1000 * this.nearSince + FLOWS_MS;
    if (heard && this.mixed) this.mixer.prepare(live.peer.audio.value);
    const close = left < HAND_OVER || (!this.clock.running && waited > 2);
    if (!this.speaks) {
      if (left < 2 || waited > PATIENCE) this.end("gone");
    } else if (close && heard && (!this.mixed || this.mixer.holds(left))) this.handOver(left);
    else if (waited > PATIENCE && left < 3) this.end("gone");
  }

  private get speaks(): boolean {
    const { stage, tracks } = this.live.store.states;
    return [stage.teachers[0] ?? "", ...stage.on.keys()].some((who) => isLive(tracks, who, "voice"));
  }

  /** How far what is heard is behind what is live, by what both sound like. */
  private apart(left: number): number {
    const { now } = this;
    const guess = left + this.clock.at(now) - now;
    const found = offsetOf(this.past, this.present, guess - EARLIER, guess + LATER);
    return found === null ? left + UNSURE : Math.max(0, found + now - this.clock.at(now));
  }

  private handOver(behind: number): void {
    if (!this.mixed) return this.end("gone");
    const left = this.apart(behind);
    this.mixer.change(left, () => this.close());
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
