// Courseware that is handed out before the bell: its pages by hash, and which room has them all.
import type { Fact, Handout } from "../wire.gen";

export interface Handouts {
  handouts: Map<number, Handout>;
  /** The number of the latest handout: none is given twice. */
  last: number;
  /** How many pages of each handout a room has. */
  counts: Map<string, Map<number, number>>;
  /** Of the classrooms that are there. */
  names: Map<string, string>;
  /** What a room of this name had when it left. */
  gone: Map<string, Map<number, number>>;
}

const MOST_GONE = 200; // synclass/preclass/handout.py

export const follows = [
  "handout.added",
  "handout.removed",
  "handout.counted",
  "lesson.joined",
  "lesson.left",
] as const;

export function fresh(): Handouts {
  return { handouts: new Map(), last: 0, counts: new Map(), names: new Map(), gone: new Map() };
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
      for (const counts of [...state.counts.values(), ...state.gone.values()]) counts.delete(fact.handout);
      break;
    case "handout.counted":
      state.counts.set(
        fact.who,
        new Map(state.counts.get(fact.who)).set(fact.handout, fact.sheets),
      );
      break;
    case "lesson.joined":
      if (fact.who.role === "classroom") state.names.set(fact.who.id, fact.who.name);
      break;
    case "lesson.left":
      left(state, fact.who);
  }
}

function left(state: Handouts, who: string): void {
  const [name, counts] = [state.names.get(who), state.counts.get(who)];
  state.names.delete(who);
  state.counts.delete(who);
  if (!name || !counts?.size) return;
  state.gone.delete(name);
  state.gone.set(name, counts);
  for (const oldest of state.gone.keys()) if (state.gone.size > MOST_GONE) state.gone.delete(oldest);
}

/** How many pages of a handout somebody has. */
export function countOf(state: Handouts, who: string, handout: number): number {
  return state.counts.get(who)?.get(handout) ?? 0;
}
