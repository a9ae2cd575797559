// Plays a lesson back: the log, the voices and the pictures, all on the one clock of the lesson.
import { batch, signal } from "@preact/signals";
import type { Painter } from "../../board/painter";
import { sheets } from "../../courseware/sheets";
import { type Card, codeOf } from "../home/api";
import { type Chapter, chapterAt, chaptersOf } from "./chapters";
import { type Gap, gapsOf } from "./gaps";
import { LessonClock } from "./clock";
import { type TrackFile, byTrack, covers, playable } from "./files";
import { leapFrom } from "./quiet";
import { Scene } from "./scene";
import type { Source } from "./source";
import { Timeline } from "./timeline";
import { Track } from "./track";

export const RATES = [0.5, 0.75, 1, 1.25, 1.5, 2, 3];
const REFRESH_MS = 2500; // of a lesson that still runs
const TICK_MS = 200; // of what is kept up where no frames are drawn
const STILL_MS = 700; // until a right that was taken away is noticed: with the answer within a second
/** Who may not watch, or not any longer. */
const BARRED: readonly string[] = ["login", "not-allowed", "not-yours", "no-lesson"];
const LOOK_AGAIN = 0.5; // seconds between two looks at a log that is still coming
const LEAD_IN = 60; // seconds before the bell that are worth looking at
const LEAD_OUT = 5;
const LIVE_LAG = 6; // seconds behind a running lesson: what is recorded comes in steps
const LEAP = 1; // seconds between two ticks: the pen is not shown running through them
const VOICE_FIRST = 4; // seconds of voice ready before pictures are fetched
const SEEN_AFTER = 0.042; // seconds from ink that is due to ink on the screen: half a frame, and two (measured)
const RESUME_WITH = 0.5; // seconds of voice ready before going on

const seconds = () => performance.now() / 1000;

export class Player {
  readonly card = signal<Card | null>(null);
  readonly failed = signal("");
  /** Where it was when the right to watch it was taken away. */
  readonly stoppedAt = signal<number | null>(null);
  /** There is something to be played. */
  readonly ready = signal(false);
  readonly live = signal(false);
  readonly at = signal(0);
  readonly startsAt = signal(0);
  readonly endsAt = signal(0);
  readonly playing = signal(false);
  /** What playing waits for: the voice to be fetched, or the lesson itself to go on. */
  readonly waits = signal<"voice" | "lesson" | null>(null);
  readonly rate = signal(1);
  readonly volume = signal(1);
  /** Whether silence is passed over in which nothing happens. */
  readonly hurried = signal(false);
  /** Seconds that were passed over. */
  readonly saved = signal(0);
  readonly chapters = signal<Chapter[]>([]);
  readonly gaps = signal<Gap[]>([]);
  readonly tracks = signal<Track[]>([]);
  /** What was recorded in a form that this browser does not know. */
  readonly unplayable = signal<TrackFile[]>([]);
  /** What was recorded and has been erased since. */
  readonly erased = signal<TrackFile[]>([]);
  readonly timeline = new Timeline();
  /** The lesson at the moment that is shown. */
  readonly scene = new Scene(this.timeline);
  /** Whoever draws the board, while it is on the screen. */
  painter: Painter | null = null;
  private readonly clock = new LessonClock();
  private readonly known = new Map<string, Track>();
  private readonly timers: ReturnType<typeof setInterval>[] = [];
  private frame = 0;
  /** All there is of the log is here. */
  private loaded = false;
  private loading = true;
  private lookedAt = -Infinity;
  private closed = false;

  constructor(readonly source: Source) {
    if (source.as) this.scene.you.value = { id: source.as };
  }

  /** At the bell, or at a moment of the lesson: once that is here. */
  async open(at?: number): Promise<void> {
    sheets.from(this.source.pages);
    try {
      this.card.value = await this.source.card();
      await this.load();
      this.show();
      if (at !== undefined) this.seek(at);
    } catch (error) {
      if (!this.ready.value) this.failed.value = codeOf(error); // else the rest is asked for again
    }
    this.loading = false;
  }

  close(): void {
    this.closed = true;
    this.timers.forEach(clearInterval);
    cancelAnimationFrame(this.frame);
    for (const track of this.known.values()) track.close();
  }

  toggle(): void {
    if (!this.playing.value && this.at.value >= this.endsAt.value) this.seek(this.startsAt.value);
    this.playing.value = !this.playing.value;
    this.tick();
  }

  seek(at: number): void {
    const inside = Math.min(Math.max(at, this.startsAt.value), this.endsAt.value);
    this.clock.seek(inside, seconds());
    this.feed(inside, seconds()); // on its way while the board is folded
    this.scene.goTo(this.countAt(inside), { leap: true });
    this.tick();
  }

  /** To the chapter after this one (1), or to the beginning of this one or the one before (-1). */
  skip(step: 1 | -1): void {
    const now = chapterAt(this.chapters.value, this.at.value - (step < 0 ? 2 : 0));
    const to = this.chapters.value[step > 0 ? now + 1 : Math.max(now, 0)];
    if (to) this.seek(to.at);
  }

  toLive(): void {
    this.seek(this.endsAt.value - LIVE_LAG);
    this.playing.value = true;
  }

  setRate(rate: number): void {
    this.clock.setRate(rate, seconds());
    this.rate.value = rate;
  }

  setVolume(volume: number): void {
    this.volume.value = volume;
    for (const { element } of this.known.values()) element.volume = volume;
  }

  /** The teacher's track of a name. */
  ofTeacher(name: TrackFile["track"]): Track | undefined {
    const { people } = this.timeline.last.attendance;
    const mine = (track: Track) => people.get(track.who)?.role === "teacher";
    return this.tracks.value.find((track) => track.name === name && mine(track));
  }

  /** Whether the teacher's picture was recorded at this moment, and cannot be played here. */
  cannotPlay(name: TrackFile["track"], at: number): boolean {
    const { people } = this.timeline.last.attendance;
    const hers = this.unplayable.value.filter((file) => people.get(file.who)?.role === "teacher");
    return covers(
      hers.filter((file) => file.track === name),
      at,
    );
  }

  /** The teacher's name as the class saw it, or else the account's. */
  teacherName(): string {
    const people = [...this.timeline.last.attendance.people.values()];
    const teacher = people.find((person) => person.role === "teacher");
    return teacher?.name ?? this.card.value?.teacher ?? "";
  }

  /** The moment that is shown, in lesson seconds. */
  now(): number {
    return this.clock.at(seconds());
  }

  private async load(): Promise<void> {
    const tracks = await this.source.tracks();
    if (this.closed) return;
    this.takeFiles(tracks);
    await this.source.log(this.timeline.seq, (frame) => {
      this.timeline.add(frame);
      if (!this.loaded) this.look(tracks);
    });
    this.loaded = true;
    batch(() => this.measure(tracks));
  }

  /** A long log is still coming: what is here of it can be seen. */
  private look(tracks: TrackFile[]): void {
    const now = seconds();
    if (this.timeline.last.conduct.began_at === null || now < this.lookedAt + LOOK_AGAIN) return;
    this.lookedAt = now;
    batch(() => this.measure(tracks));
    this.show();
  }

  private show(): void {
    if (this.closed || this.ready.value) return;
    this.seek(this.timeline.last.conduct.began_at ?? 0);
    this.ready.value = true;
    this.timers.push(setInterval(() => this.tick(), TICK_MS));
    this.timers.push(setInterval(() => void this.refresh(), REFRESH_MS));
    this.timers.push(setInterval(() => void this.ask(), STILL_MS));
    this.draw();
  }

  /** Ask what has happened since; of its own accord only where the lesson goes on. */
  async refresh(wanted = this.live.value || !this.loaded): Promise<void> {
    if (!wanted || this.loading || document.hidden) return;
    this.loading = true;
    await this.load().catch(() => undefined); // the line is gone for now: asked again soon
    this.loading = false;
  }

  /** May it still be watched?  A page that nobody looks at or hears need not know. */
  private async ask(): Promise<void> {
    if (document.hidden && !this.playing.value) return;
    try {
      await this.source.still?.();
    } catch (error) {
      if (this.closed || !BARRED.includes(codeOf(error))) return; // a line that is gone is no answer
      this.close();
      this.stoppedAt.value = this.at.value - this.startsAt.value;
      this.failed.value = codeOf(error);
    }
  }

  private takeFiles(all: TrackFile[]): void {
    const [files, others] = playable(all);
    this.unplayable.value = others;
    this.erased.value = all.filter((file) => file.erased);
    for (const [key, list] of byTrack(files)) {
      const track = this.known.get(key);
      if (track) track.setFiles(list);
      else this.known.set(key, new Track(list, this.source, undefined, this.came));
    }
    if (this.known.size !== this.tracks.value.length) this.tracks.value = [...this.known.values()];
    this.setVolume(this.volume.value);
  }

  private measure(files: TrackFile[]): void {
    const { began_at: began, ended_at: ended } = this.timeline.last.conduct;
    const recorded = Math.max(0, ...files.map((file) => file.ends_ms / 1000));
    this.live.value = ended === null && !(this.card.value?.ended_at && !this.loaded);
    this.startsAt.value = Math.max(0, (began ?? 0) - LEAD_IN);
    const known = Math.max(this.timeline.endsAt, recorded);
    this.endsAt.value = ended === null ? known : ended + LEAD_OUT;
    this.clock.endsAt = this.endsAt.value;
    const { entries, last } = this.timeline;
    this.chapters.value = chaptersOf(entries, this.startsAt.value, last.bookmarks.marks);
    this.gaps.value = gapsOf(this.timeline.entries);
  }

  private draw = (): void => {
    this.frame = requestAnimationFrame(this.draw);
    this.tick();
  };

  private came = (): void => {
    if (!this.closed) this.tick();
  };

  private tick(): void {
    const now = seconds();
    this.listen(now);
    if (this.hurried.value && this.clock.running) this.hurry(this.clock.at(now), now);
    const at = this.clock.at(now);
    this.setGoing(at, now);
    this.feed(at, now);
    for (const track of this.known.values()) {
      track.follow(at, this.clock.running, this.rate.value);
    }
    const count = this.countAt(this.clock.running ? at + SEEN_AFTER : at);
    batch(() => {
      this.scene.goTo(count, { leap: Math.abs(at - this.at.value) > LEAP });
      this.at.value = at;
    });
  }

  /** Ink and pictures go by the teacher's voice where there is one, or else by another. */
  private listen(now: number): void {
    const at = this.clock.at(now);
    const voices = [this.ofTeacher("voice"), ...this.voices()];
    const heard = voices.map((voice) => voice?.heardAt(at) ?? null).find((one) => one !== null);
    if (heard !== null && heard !== undefined) this.clock.lean(heard, now);
  }

  /** Pass over what nobody hears or sees; a screen or document that is shown is looked at. */
  private hurry(at: number, now: number): void {
    const shown = this.tracks.value.some((track) => track.name === "content" && track.covers(at));
    const to = shown ? null : leapFrom(at, this.voices(), this.timeline.entries);
    if (to === null || to >= this.timeline.endsAt) return;
    this.clock.seek(to, now);
    this.saved.value += to - at;
  }

  /** Voices first: no picture is fetched while a voice has not some seconds ready. */
  private feed(at: number, now: number): void {
    const voices = this.voices();
    for (const voice of voices) voice.feed(at, now);
    const ahead = VOICE_FIRST * this.rate.value;
    if (voices.some((track) => track.lacks(at) || track.lacks(at + ahead))) return;
    for (const track of this.known.values()) if (!voices.includes(track)) track.feed(at, now);
  }

  private voices(): Track[] {
    return this.tracks.value.filter((track) => track.name === "voice");
  }

  /** How much has happened; at the end also what was said after the bell. */
  private countAt(at: number): number {
    return this.timeline.countUntil(at >= this.endsAt.value ? Infinity : at);
  }

  /** Run the clock, or hold it where the voice is not here yet or the lesson is at its end. */
  private setGoing(at: number, now: number): void {
    const over = at >= this.endsAt.value && this.ready.value;
    if (over && !this.live.value) this.playing.value = false;
    const ahead = this.clock.running ? 0 : RESUME_WITH * this.rate.value;
    const lag = this.clock.running ? 0 : LIVE_LAG / 2;
    const short = this.live.value && at + lag >= this.endsAt.value;
    const unread = !this.loaded && at >= this.timeline.endsAt;
    const silent = this.voices().some((track) => track.lacks(at) || track.lacks(at + ahead));
    const lacking = unread || silent;
    this.waits.value = !this.playing.value ? null : short ? "lesson" : lacking ? "voice" : null;
    if (this.playing.value && !this.waits.value) this.clock.run(now);
    else this.clock.stop(now);
  }
}
