// The answers to a quiz, added up: how many said what, over all rooms.
import type { Quiz } from "../../../wire.gen";

export const LETTERS = [..."ABCDEF"];
export const DONE = "done"; // what is drawn lies on the room's layer

export type Counts = ReadonlyMap<string, number>;
export type ByRoom = ReadonlyMap<string, Counts>;

/** Counts as they come from the wire: the generated types call a map a record. */
export function countsOf(wire: Record<string, number>): Counts {
  return wire as unknown as Counts;
}

export function roomsOf(quiz: Quiz): ByRoom {
  return quiz.rooms as unknown as ByRoom;
}

export function sum(counts: Counts): number {
  return [...counts.values()].reduce((all, n) => all + n, 0);
}

/** Every choice in its order, or every answer that was given, the most frequent first. */
export function totals(quiz: Quiz, rooms: ByRoom): [answer: string, n: number][] {
  const found = new Map<string, number>(offered(quiz).map((letter) => [letter, 0]));
  for (const counts of rooms.values()) {
    for (const [answer, n] of counts) found.set(answer, (found.get(answer) ?? 0) + n);
  }
  const all = [...found];
  return quiz.kind === "choice" ? all : all.sort(([, a], [, b]) => b - a);
}

/** The letters of a choice; of all else there is nothing to choose from. */
export function offered(quiz: Quiz): string[] {
  return LETTERS.slice(0, quiz.choices.length);
}
