// The door check: what a room found of its camera, microphone, speaker, ports and line.
import type { Checked, Fact, RoomChecked } from "../wire.gen";

export interface DoorChecks {
  /** The latest of each room. */
  checks: Map<string, Checked>;
  schools: Map<string, string>;
}

export type Grade = RoomChecked["grades"][number];

export const follows = ["check.noted", "lesson.joined", "lesson.left"] as const;

export function fresh(): DoorChecks {
  return { checks: new Map(), schools: new Map() };
}

export function fold(state: DoorChecks, fact: Fact, at: number): void {
  switch (fact.t) {
    case "check.noted": {
      const { room, school, finding, grades } = fact;
      state.checks.set(room, { school, finding, grades, at });
      break;
    }
    case "lesson.joined":
      if (fact.who.role === "classroom") state.schools.set(fact.who.id, fact.who.school);
      break;
    case "lesson.left":
      state.checks.delete(fact.who);
  }
}

/** A room is as good as the worst of it. */
export const gradeOf = (grades: readonly Grade[]): Grade => [...grades].sort().at(-1) ?? "D";
