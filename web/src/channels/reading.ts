// Reading tasks: what a room reads before class, with a tick when its pupils have.
import type { Fact, ReadingTask, Ticks } from "../wire.gen";

export interface Reading {
  tasks: Map<number, ReadingTask>;
  last: number;
  ticks: Map<string, Ticks>;
  schools: Map<string, string>;
}

export const follows = [
  ...["reading.assigned", "reading.dropped", "reading.ticked", "lesson.joined"],
] as const;

export function fresh(): Reading {
  return { tasks: new Map(), last: 0, ticks: new Map(), schools: new Map() };
}

export function fold(state: Reading, fact: Fact, _at: number): void {
  switch (fact.t) {
    case "reading.assigned": {
      const { task, title, text, pages } = fact;
      state.last = task;
      state.tasks.set(task, { title, text, pages });
      break;
    }
    case "reading.dropped":
      state.tasks.delete(fact.task);
      break;
    case "reading.ticked":
      tick(state, fact);
      break;
    case "lesson.joined":
      if (fact.who.role === "classroom") state.schools.set(fact.who.id, fact.who.school);
  }
}

function tick(state: Reading, fact: Extract<Fact, { t: "reading.ticked" }>): void {
  const others = (state.ticks.get(fact.room)?.read ?? []).filter((task) => task !== fact.task);
  const read = fact.read ? [...others, fact.task] : others;
  state.ticks.set(fact.room, { school: fact.school, read });
}

export function hasRead(state: Reading, room: string, task: number): boolean {
  return state.ticks.get(room)?.read.includes(task) ?? false;
}
