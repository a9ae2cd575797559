// Warm-up: questions the teacher sets before class, tallied by the rooms before the bell.
import type { Fact, Tallied, Warming } from "../wire.gen";

export interface Warmup {
  questions: Map<number, Warming>;
  last: number;
  tallies: Map<string, Tallied>;
  schools: Map<string, string>;
  /** The bell has rung: what was answered is to be shown. */
  due: number | null;
  shown: Map<number, number[]> | null;
  /** How many rooms have answered any. */
  rooms: number;
}

export const follows = [
  ...["warmup.was-set", "warmup.dropped", "warmup.tallied", "warmup.shown", "warmup.hidden"],
  ...["lesson.joined", "lesson.began", "lesson.ended"],
] as const;

export function fresh(): Warmup {
  const none = { due: null, shown: null, rooms: 0 };
  return { questions: new Map(), last: 0, tallies: new Map(), schools: new Map(), ...none };
}

export function fold(state: Warmup, fact: Fact, at: number): void {
  switch (fact.t) {
    case "warmup.was-set":
      state.last = fact.question;
      state.questions.set(fact.question, { text: fact.text, choices: fact.choices });
      break;
    case "warmup.dropped":
      state.questions.delete(fact.question);
      break;
    case "warmup.tallied":
      tallied(state, fact);
      break;
    case "warmup.shown":
      state.due = null;
      state.shown = new Map(fact.questions.map((one, i) => [one, fact.totals[i]]));
      state.rooms = fact.rooms;
      break;
    case "warmup.hidden":
      state.shown = null;
      break;
    default:
      follow(state, fact, at);
  }
}

function tallied(state: Warmup, fact: Extract<Fact, { t: "warmup.tallied" }>): void {
  const { question, room, school } = fact;
  const counts = new Map(countsOf(state, room)).set(question, fact.counts);
  state.tallies.set(room, { school, counts: counts as never }); // as the wire has it
}

function follow(state: Warmup, fact: Fact, at: number): void {
  switch (fact.t) {
    case "lesson.joined":
      if (fact.who.role === "classroom") state.schools.set(fact.who.id, fact.who.school);
      break;
    case "lesson.began":
      state.due = state.questions.size ? at : null;
      break;
    case "lesson.ended":
      state.due = null;
      state.shown = null;
  }
}

/** What a room has said to each question so far. */
export function countsOf(state: Warmup, room: string): ReadonlyMap<number, number[]> {
  return (state.tallies.get(room)?.counts ?? new Map()) as unknown as Map<number, number[]>;
}

/** How many pupils of all rooms are for each choice, as far as we may know. */
export function totalOf(state: Warmup, question: number): number[] {
  const { choices = [] } = state.questions.get(question) ?? {};
  const told = [...state.tallies.keys()].map((room) => countsOf(state, room).get(question));
  return choices.map((_, i) => told.reduce((sum, counts) => sum + (counts?.[i] ?? 0), 0));
}
