// Beside the lesson: a room's call for help, a pause of its own, and words for the teacher alone.
import type { AsideWords, Fact, Since } from "../wire.gen";

const KEPT = 100; // words in the state, of each who talks with the teacher

export interface Aside {
  help: Map<string, Since>;
  paused: Map<string, Since>;
  words: AsideWords[];
  schools: Map<string, string>;
  aides: string[];
}

export const follows = [
  ...["help.called", "help.ended", "pause.begun", "pause.ended", "aside.said"],
  ...["lesson.joined", "lesson.left", "lesson.ended"],
] as const;

export function fresh(): Aside {
  return { help: new Map(), paused: new Map(), words: [], schools: new Map(), aides: [] };
}

export function fold(state: Aside, fact: Fact, at: number): void {
  switch (fact.t) {
    case "help.called":
      state.help.set(fact.room, { school: fact.school, at, words: fact.words });
      break;
    case "help.ended":
      state.help.delete(fact.room);
      break;
    case "pause.begun":
      state.paused.set(fact.room, { school: fact.school, at, words: "" });
      break;
    case "pause.ended":
      state.paused.delete(fact.room);
      break;
    case "aside.said":
      said(state, fact, at);
      break;
    default:
      follow(state, fact);
  }
}

function said(state: Aside, fact: Extract<Fact, { t: "aside.said" }>, at: number): void {
  const { words: id, aide, who, text } = fact;
  const ofOne = state.words.filter((words) => words.aide === aide);
  const kept = ofOne.length < KEPT ? state.words : state.words.filter((one) => one !== ofOne[0]);
  state.words = [...kept, { id, at, aide, who, text }];
}

function follow(state: Aside, fact: Fact): void {
  if (fact.t === "lesson.joined") {
    const { id, role, school } = fact.who;
    if (role === "classroom") state.schools.set(id, school);
    if (role === "co-teacher" && !state.aides.includes(id)) state.aides = [...state.aides, id];
  } else if (fact.t === "lesson.left") {
    state.help.delete(fact.who);
    state.paused.delete(fact.who);
  } else if (fact.t === "lesson.ended") {
    state.help = new Map();
    state.paused = new Map();
  }
}
