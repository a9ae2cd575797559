// The last minute once more: what was just said and written is played in every classroom.
import type { Fact } from "../wire.gen";

export interface Again {
  began_at: number | null;
  since: number;
  until: number;
  /** When all are live again; null while they are. */
  ends_at: number | null;
}

export const follows = ["again.shown", "again.over", "lesson.began", "lesson.ended"] as const;

export function fresh(): Again {
  return { began_at: null, since: 0, until: 0, ends_at: null };
}

export function fold(state: Again, fact: Fact, at: number): void {
  switch (fact.t) {
    case "lesson.began":
      state.began_at = at;
      break;
    case "again.shown":
      Object.assign(state, { since: fact.since, until: fact.until, ends_at: fact.ends_at });
      break;
    case "again.over":
    case "lesson.ended":
      state.ends_at = null;
  }
}
