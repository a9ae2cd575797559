// Courseware that is handed out before the bell: its pages by hash, and which room has them all.
import type { Fact, Handout } from "../wire.gen";

export interface Handouts {
  handouts: Map<number, Handout>;
  /** The number of the latest handout: none is given twice. */
  last: number;
  /** How many pages of each handout a room has. */
  counts: Map<string, Map<number, number>>;
}

export const follows = [
  "handout.added",
  "handout.removed",
  "handout.counted",
  "lesson.left",
] as const;

export function fresh(): Handouts {
  return { handouts: new Map(), last: 0, counts: new Map() };
}

export function fold(state: Handouts, fact: Fact, _at: number): void {
  switch (fact.t) {
    case "handout.added":
      state.last = fact.handout;
      state.handouts.set(fact.handout, {
        title: fact.title,
        sheets: fact.sheets,
        words: fact.words,
      });
      break;
    case "handout.removed":
      state.handouts.delete(fact.handout);
      for (const counts of state.counts.values()) counts.delete(fact.handout);
      break;
    case "handout.counted":
      state.counts.set(
        fact.who,
        new Map(state.counts.get(fact.who)).set(fact.handout, fact.sheets),
      );
      break;
    case "lesson.left":
      state.counts.delete(fact.who);
  }
}

/** How many pages of a handout somebody has. */
export function countOf(state: Handouts, who: string, handout: number): number {
  return state.counts.get(who)?.get(handout) ?? 0;
}
