// Roll-call: who sits where in a classroom, who is there today, and who is picked to answer.
import type { Fact, Pick, Pupil, Roster } from "../wire.gen";

export interface Roll {
  rosters: Map<string, Roster>;
  schools: Map<string, string>;
  here: string[];
  picks: Map<string, number>;
  pick: Pick | null;
}

type Told<T extends Fact["t"]> = Extract<Fact, { t: T }>;

export const follows = [
  ...["roll.listed", "roll.marked", "roll.taken", "roll.room-picked", "roll.picked"],
  ...["roll.unpicked", "lesson.joined", "lesson.lost", "lesson.left", "stage.left", "lesson.ended"],
] as const;

export function fresh(): Roll {
  return { rosters: new Map(), schools: new Map(), here: [], picks: new Map(), pick: null };
}

export function fold(state: Roll, fact: Fact, at: number): void {
  switch (fact.t) {
    case "roll.listed":
      list(state, fact);
      break;
    case "roll.marked":
      change(state, fact.room, fact.pupil, () => ({ here: fact.here }));
      break;
    case "roll.taken":
      taken(state, fact.room, at);
      break;
    case "roll.room-picked":
      state.picks.set(fact.room, (state.picks.get(fact.room) ?? 0) + 1);
      state.pick = { room: fact.room, at, school: "", pupil: 0, name: "" };
      break;
    case "roll.picked":
      picked(state, fact, at);
      break;
    case "roll.unpicked":
    case "lesson.ended":
      state.pick = null;
      break;
    default:
      follow(state, fact);
  }
}

function list(state: Roll, fact: Told<"roll.listed">): void {
  const { room, school, names, columns } = fact;
  const { classroom = "", pupils: ids = [], seats = [] } = fact; // not in logs of before
  const pupils = names.map((name, i) => ({ name, here: true, picked: 0, id: ids[i] ?? "" }));
  state.rosters.set(room, { school, pupils, columns, taken_at: null, classroom, seats });
}

function taken(state: Roll, room: string, at: number): void {
  const roster = state.rosters.get(room);
  if (roster) state.rosters.set(room, { ...roster, taken_at: at });
}

function picked(state: Roll, fact: Told<"roll.picked">, at: number): void {
  const { room, school, pupil, name } = fact;
  state.pick = { room, at, school, pupil, name };
  change(state, room, pupil, (before) => ({ picked: before.picked + 1 }));
}

function follow(state: Roll, fact: Fact): void {
  switch (fact.t) {
    case "stage.left":
      if (state.pick?.room === fact.who) state.pick = null;
      break;
    case "lesson.joined":
      if (fact.who.role !== "classroom") break;
      state.schools.set(fact.who.id, fact.who.school);
      if (!state.here.includes(fact.who.id)) state.here = [...state.here, fact.who.id];
      break;
    case "lesson.lost":
    case "lesson.left":
      state.here = state.here.filter((who) => who !== fact.who);
  }
}

function change(
  state: Roll,
  room: string,
  number: number,
  changes: (pupil: Pupil) => Partial<Pupil>,
): void {
  const roster = state.rosters.get(room);
  if (!roster) return; // listed for others than us
  const pupils = roster.pupils.map((pupil, i) =>
    i === number - 1 ? { ...pupil, ...changes(pupil) } : pupil,
  );
  state.rosters.set(room, { ...roster, pupils });
}
