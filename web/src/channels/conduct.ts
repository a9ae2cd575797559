// How the lesson is conducted: who is here, and which of its three stages it is in.
import type { Fact, Participant } from "../wire.gen";

export const UNSEEN: readonly string[] = ["patrol", "admin", "guest"];

export interface Conduct {
  stage: "preclass" | "inclass" | "postclass";
  epoch: number;
  wall: number;
  origin: string;
  title: string;
  subject: string;
  teacher: string;
  present: Map<string, Participant>;
  seats: Map<string, number>;
  away: Map<string, number>;
  unseen: string[];
  teacher_lost_at: number | null;
  began_at: number | null;
  ended_at: number | null;
}

export const follows = [
  ...["lesson.opened", "lesson.joined", "lesson.lost"],
  ...["lesson.left", "lesson.began", "lesson.ended"],
] as const;

export function fresh(): Conduct {
  return {
    ...{ stage: "preclass", epoch: 0, wall: 0, origin: "", title: "", subject: "", teacher: "" },
    ...{ present: new Map(), seats: new Map(), away: new Map(), unseen: [] },
    ...{ teacher_lost_at: null, began_at: null, ended_at: null },
  } as Conduct;
}

export function fold(state: Conduct, fact: Fact, at: number): void {
  switch (fact.t) {
    case "lesson.opened":
      opened(state, fact);
      break;
    case "lesson.joined":
      joined(state, fact.who, fact.seat);
      break;
    case "lesson.lost":
      state.away.set(fact.who, at);
      break;
    case "lesson.left":
      state.present.delete(fact.who);
      state.away.delete(fact.who);
      break;
    case "lesson.began":
      state.stage = "inclass";
      state.began_at = at;
      break;
    case "lesson.ended":
      state.stage = "postclass";
      state.ended_at = at;
      break;
  }
  missTheTeacher(state, at);
}

export function teacherIsHere(state: Conduct): boolean {
  for (const who of state.present.values()) {
    if (who.role === "teacher" && !state.away.has(who.id)) return true;
  }
  return false;
}

/** Everyone of a role who has not left, whether their line holds or not. */
export function those(state: Conduct, role: Participant["role"]): Participant[] {
  return [...state.present.values()].filter((who) => who.role === role);
}

function opened(state: Conduct, fact: Extract<Fact, { t: "lesson.opened" }>): void {
  const { epoch, wall, origin, title, subject, teacher } = fact;
  Object.assign(state, { epoch, wall, origin, title, subject, teacher });
}

function joined(state: Conduct, who: Participant, seat: number): void {
  state.present.set(who.id, who);
  state.seats.set(who.id, seat);
  state.away.delete(who.id);
  if (UNSEEN.includes(who.role) && !state.unseen.includes(who.id)) {
    state.unseen = [...state.unseen, who.id];
  }
}

function missTheTeacher(state: Conduct, at: number): void {
  if (state.stage !== "inclass" || teacherIsHere(state)) state.teacher_lost_at = null;
  else state.teacher_lost_at ??= at;
}
