// Raised hands, first come first served.  Going on stage lowers the hand.
import type { Fact } from "../wire.gen";

export interface Hands {
  /** Since when, in lesson seconds; in the order of raising. */
  raised: Map<string, number>;
}

export const follows = [
  ...["hand.raised", "hand.lowered", "stage.entered", "lesson.left", "lesson.ended"],
] as const;

export function fresh(): Hands {
  return { raised: new Map() };
}

export function fold(state: Hands, fact: Fact, at: number): void {
  switch (fact.t) {
    case "hand.raised":
      state.raised.set(fact.who, at);
      break;
    case "hand.lowered":
    case "stage.entered":
    case "lesson.left":
      state.raised.delete(fact.who);
      break;
    case "lesson.ended":
      state.raised.clear();
  }
}
