// A countdown on the classroom's wall.
import type { Fact } from "../wire.gen";

export interface Timer {
  ends_at: number | null;
  rang_at: number | null;
}

export const follows = ["timer.started", "timer.stopped", "timer.rang", "lesson.ended"] as const;

export function fresh(): Timer {
  return { ends_at: null, rang_at: null };
}

export function fold(state: Timer, fact: Fact, at: number): void {
  switch (fact.t) {
    case "timer.started":
      state.ends_at = at + fact.seconds;
      state.rang_at = null;
      break;
    case "timer.rang":
      state.ends_at = null;
      state.rang_at = at;
      break;
    case "timer.stopped":
    case "lesson.ended":
      state.ends_at = state.rang_at = null;
  }
}
