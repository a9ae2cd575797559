// What this classroom has missed: from the last that was heard here until it is heard again.
import { effect, signal } from "@preact/signals";
import type { States } from "../../channels/index";
import { isLive } from "../../channels/tracks";
import type { Live } from "../live/live";
import { heardUntil, keepHeard, missedBefore } from "./memory";

const DEAF_MS = 3000; // without a packet of a voice that is there
const WORTH = 5; // seconds: for less nobody goes back
const SURE = 8; // seconds without a voice after which the line would be known to be lost, too
const UNDER_WAY = 0.5; // seconds: what came last was said so long before, on a long way
const WAITS = 1; // seconds that a voice may wait in a jitter buffer

/** What was missed, in seconds of the lesson. */
export interface Gap {
  from: number;
  to: number;
  /** The line broke, the page was closed, or the room has come after the bell. */
  why: "line" | "away" | "late";
}

/** The lesson as it was when the line broke. */
export interface Base {
  states: States;
  seq: number;
}

export class Missed {
  readonly gap = signal<Gap | null>(null);
  base: Base | null = null;
  /** Something is being watched: nothing live comes, and that is no gap. */
  watching = false;
  /** How far that has been heard, in seconds of the lesson. */
  watchedUntil: number | null = null;
  private deafFrom: number | null = null;
  private looked = false;
  private readonly undo: (() => void)[];

  constructor(private readonly live: Live) {
    const { connection, lights } = live;
    this.undo = [
      effect(() => this.line(connection.lostAt.value !== null)),
      lights.mine.subscribe(() => this.look()),
    ];
  }

  close(): void {
    for (const undo of this.undo) undo();
  }

  /** It was watched, or is not wanted: from now on only what comes counts. */
  forget(): void {
    this.gap.value = this.base = this.deafFrom = null;
    this.live.lights.heardAt = 0;
  }

  private line(lost: boolean): void {
    const { store } = this.live;
    if (!lost || !store.epoch || this.base || this.watching) return;
    this.base = { states: structuredClone(store.states), seq: store.seq };
  }

  private look(): void {
    const { connection, lights } = this.live;
    if (!connection.entered.value) return;
    const now = connection.now() / 1000;
    this.lookBack(now);
    this.remember(now);
    if (this.watching) return;
    const silence = (performance.now() - lights.heardAt) / 1000;
    const deaf = lights.heardAt > 0 && this.speaks && silence * 1000 > DEAF_MS;
    if (deaf) this.deafFrom ??= now - silence - UNDER_WAY;
    if (connection.lostAt.value !== null) return;
    const from = this.deafFrom;
    if (from !== null && now - from >= (deaf ? SURE : WORTH)) this.gap.value = { from, to: now, why: "line" };
    if (!deaf) this.deafFrom = null;
    if (!deaf && !this.gap.value) this.base = null;
  }

  /** Once: what was said before we came, or came back? */
  private lookBack(now: number): void {
    const { attendance, conduct } = this.live.store.states;
    const you = this.live.store.you.value;
    const mine = attendance.people.get(you?.id ?? "");
    if (this.looked || !mine) return;
    this.looked = true;
    const began = conduct.stage === "inclass" ? conduct.began_at : null;
    if (began === null) return;
    const heard = heardUntil(this.live.lesson, mine.name);
    this.gap.value = missedBefore(heard, began, mine, now);
  }

  /** Kept on this device: what has been heard, live or of what was missed. */
  private remember(now: number): void {
    const { connection, lights, lesson, store } = this.live;
    const { you, states } = store;
    if (!this.looked || this.gap.value || !you.value || states.conduct.stage !== "inclass") return;
    const silence = (performance.now() - lights.heardAt) / 1000;
    const live = connection.lostAt.value === null && (!this.speaks || silence < WAITS);
    const until = this.watching ? this.watchedUntil : live ? now - WAITS : null;
    if (until !== null) keepHeard(lesson, you.value.name, until);
  }

  private get speaks(): boolean {
    const { conduct, stage, tracks } = this.live.store.states;
    return conduct.stage === "inclass" && isLive(tracks, stage.teachers[0] ?? "", "voice");
  }
}
