// Pictures that people bring to the board: how many each has brought.
import type { Fact } from "../wire.gen";

export interface Pictures {
  counts: Map<string, number>;
}

export const follows = ["picture.kept"] as const;

export function fresh(): Pictures {
  return { counts: new Map() };
}

export function fold(state: Pictures, fact: Fact, _at: number): void {
  if (fact.t === "picture.kept") state.counts.set(fact.who, (state.counts.get(fact.who) ?? 0) + 1);
}
