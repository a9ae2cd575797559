// A quiz: asked by the teacher, answered by devices, or counted in a room that has none.
import type { Fact, Quiz, RoomAnswers, RoomSize } from "../wire.gen";

export interface Quizzes {
  now: Quiz | null;
  last: number;
  answers: Map<string, RoomAnswers>;
  schools: Map<string, string>;
  sizes: Map<string, RoomSize>;
}

export const follows = [
  ...["quiz.asked", "quiz.answered", "quiz.closed", "quiz.shown", "quiz.ended"],
  ...["lesson.joined", "roll.listed", "roll.marked", "lesson.ended"],
] as const;

export function fresh(): Quizzes {
  return { now: null, last: 0, answers: new Map(), schools: new Map(), sizes: new Map() };
}

export function fold(state: Quizzes, fact: Fact, at: number): void {
  switch (fact.t) {
    case "quiz.asked":
      ask(state, fact, at);
      break;
    case "quiz.answered": {
      const { room, school, counts, tallied, said = [] } = fact;
      state.answers.set(room, { school, counts, tallied, said });
      break;
    }
    case "quiz.closed":
    case "lesson.ended":
      if (state.now?.closed_at === null) state.now = { ...state.now, closed_at: at };
      break;
    case "quiz.shown":
      if (state.now) {
        state.now = { ...state.now, shown_at: at, right: fact.right, rooms: fact.rooms };
      }
      break;
    case "quiz.ended":
      state.now = null;
      state.answers = new Map();
      break;
    default:
      follow(state, fact);
  }
}

function ask(state: Quizzes, fact: Extract<Fact, { t: "quiz.asked" }>, at: number): void {
  const { quiz: number, kind, question, choices, page } = fact;
  const fields = { number, kind, question, choices, page, at };
  state.now = { ...fields, closed_at: null, shown_at: null, right: [], rooms: new Map() as never };
  state.last = number;
  state.answers = new Map();
}

function follow({ schools, sizes }: Quizzes, fact: Fact): void {
  if (fact.t === "lesson.joined") {
    if (fact.who.role === "classroom") schools.set(fact.who.id, fact.who.school);
  } else if (fact.t === "roll.listed") {
    const here = fact.names.length;
    sizes.set(fact.room, { school: fact.school, here, listed: here });
  } else if (fact.t === "roll.marked") {
    const size = sizes.get(fact.room);
    if (!size) return;
    const here = size.here + (fact.here ? 1 : -1);
    sizes.set(fact.room, { school: fact.school, here, listed: size.listed });
  }
}
