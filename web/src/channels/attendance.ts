// Who was there, for how long, and how well each room hears and sees.
import type { Attended, Fact, Participant } from "../wire.gen";
import { UNSEEN } from "./conduct";

export interface Attendance {
  people: Map<string, Attended>;
  over: boolean;
}

export const follows = [
  ...["lesson.joined", "lesson.lost", "lesson.left", "hand.raised"],
  ...["stage.entered", "stage.left", "lesson.ended"],
  ...["roll.room-picked", "stage.enlarged", "layer.shown"],
] as const;

export function fresh(): Attendance {
  return { people: new Map(), over: false };
}

export function fold(state: Attendance, fact: Fact, at: number): void {
  if (state.over) return; // who looks in after the bell has not attended
  switch (fact.t) {
    case "lesson.joined":
      if (!UNSEEN.includes(fact.who.role)) came(state, fact.who, at);
      break;
    case "lesson.lost":
      went(state, fact.who, at);
      break;
    case "lesson.left":
      went(state, fact.who, at);
      steppedDown(state, fact.who, at);
      break;
    case "hand.raised":
      change(state, fact.who, (person) => ({ hands: person.hands + 1 }));
      break;
    case "stage.entered":
      change(state, fact.who, () => ({ on_stage_since: at, spoke_at: at }));
      break;
    case "stage.left":
      steppedDown(state, fact.who, at);
      break;
    case "roll.room-picked":
      change(state, fact.room, () => ({ looked_at: at }));
      break;
    case "stage.enlarged":
    case "layer.shown":
      if (fact.who !== null) change(state, fact.who, () => ({ looked_at: at }));
      break;
    case "lesson.ended":
      end(state, at);
      break;
  }
}

function came(state: Attendance, who: Participant, at: number): void {
  const { name, school, role } = who;
  const before = state.people.get(who.id) ?? nobody(who, at);
  state.people.set(who.id, { ...before, name, school, role, since: before.since ?? at });
}

function nobody(who: Participant, at: number): Attended {
  return {
    ...{ name: who.name, school: who.school, role: who.role, since: null, seconds: 0, hands: 0 },
    ...{ on_stage_since: null, on_stage: 0, spoke_at: null, came_at: at, looked_at: null },
  };
}

function went(state: Attendance, who: string, at: number): void {
  change(state, who, ({ since, seconds }) =>
    since === null ? {} : { since: null, seconds: sum(seconds, at - since) },
  );
}

function steppedDown(state: Attendance, who: string, at: number): void {
  change(state, who, ({ on_stage_since: since, on_stage: before }) =>
    since === null ? {} : { on_stage_since: null, on_stage: sum(before, at - since), spoke_at: at },
  );
}

function end(state: Attendance, at: number): void {
  state.over = true;
  for (const who of state.people.keys()) {
    went(state, who, at);
    steppedDown(state, who, at);
  }
}

function change(
  state: Attendance,
  who: string,
  changes: (person: Attended) => Partial<Attended>,
): void {
  const person = state.people.get(who);
  if (person) state.people.set(who, { ...person, ...changes(person) });
}

/** Times are whole milliseconds, so that every fold in every language agrees. */
function sum(seconds: number, more: number): number {
  return Math.round((seconds + more) * 1000) / 1000;
}
