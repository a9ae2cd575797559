// The lesson's log, with a checkpoint of its state every so often: no moment is far from one.
import { fold, freshStates, type States } from "../../channels/index";
import { readFact } from "../../core/codec";
import type { Entries, Fact } from "../../wire.gen";
import { freeze, thaw } from "./copy";

const FACTS_APART = 1000; // between checkpoints: as many are folded in about 5 ms
const SECONDS_APART = 30;

export interface Entry {
  seq: number;
  /** Lesson seconds. */
  at: number;
  fact: Fact;
}

export interface Checkpoint {
  /** How many entries are folded into it. */
  next: number;
  at: number;
  states: States;
}

export class Timeline {
  readonly entries: Entry[] = [];
  /** The highest number seen, of unknown facts too. */
  seq = 0;
  endsAt = 0;
  unknown = 0;
  /** The state after everything that is loaded. */
  readonly last = freshStates();
  private readonly checkpoints: Checkpoint[] = [
    { next: 0, at: 0, states: freeze(freshStates()) },
  ];

  /** Begin with these states instead of none, `seq` being the last number in them. */
  begin(states: States, seq: number): void {
    this.seq = seq;
    Object.assign(this.last, thaw(states));
    this.checkpoints[0] = { next: 0, at: 0, states: freeze(states) };
  }

  /** Take what has been loaded; entries seen before are passed over. */
  add(frame: Entries): void {
    for (const line of frame.lines) {
      const seq = frame.seq + line.seq;
      if (seq > this.seq) this.take(seq, (frame.ms + line.ms) / 1000, readFact(line.fact));
    }
  }

  /** How many entries have happened at a moment: the same number, the same state. */
  countUntil(at: number): number {
    return upperBound(this.entries, at, (entry) => entry.at);
  }

  /** The last checkpoint at or before so many entries; its states are not to be folded into. */
  checkpoint(next: number): Checkpoint {
    return this.checkpoints[upperBound(this.checkpoints, next, (c) => c.next) - 1];
  }

  /** Take one fact; it must come after all the others. */
  take(seq: number, at: number, fact: ReturnType<typeof readFact>): void {
    this.seq = seq;
    this.endsAt = Math.max(this.endsAt, at);
    if (fact.t === "?") {
      this.unknown++;
      return;
    }
    this.entries.push({ seq, at, fact });
    fold(this.last, fact, at);
    this.mark(at);
  }

  private mark(at: number): void {
    const before = this.checkpoints[this.checkpoints.length - 1];
    const next = this.entries.length;
    if (next - before.next < FACTS_APART && at - before.at < SECONDS_APART) return;
    this.checkpoints.push({ next, at, states: freeze(this.last, before.states) });
  }
}

/** How many of the sorted items have a key of at most this. */
export function upperBound<T>(items: readonly T[], most: number, key: (item: T) => number): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (key(items[middle]) <= most) low = middle + 1;
    else high = middle;
  }
  return low;
}
