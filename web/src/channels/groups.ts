// Groups: rooms that work together for a while, at what, and what they write to one another.
import type { Fact, Group, GroupWords } from "../wire.gen";

const KEPT = 60; // words of each group in the state

export interface Groups {
  groups: Group[];
  visited: number;
  ends_at: number | null;
  words: GroupWords[];
  rooms: string[];
  on: string[];
}

export const follows = [
  ...["groups.formed", "groups.ended", "groups.visited", "groups.said"],
  ...["lesson.joined", "lesson.left", "stage.entered", "stage.left", "lesson.ended"],
] as const;

export function fresh(): Groups {
  return { groups: [], visited: 0, ends_at: null, words: [], rooms: [], on: [] };
}

export function fold(state: Groups, fact: Fact, at: number): void {
  switch (fact.t) {
    case "groups.formed": {
      const ends_at = fact.seconds ? at + fact.seconds : null;
      Object.assign(state, { groups: fact.groups, visited: 0, words: [], ends_at });
      break;
    }
    case "groups.ended":
    case "lesson.ended":
      Object.assign(state, { groups: [], visited: 0, ends_at: null });
      break;
    case "groups.visited":
      state.visited = fact.number;
      break;
    case "groups.said": {
      const { words: id, number, who, text, rooms } = fact;
      const like = state.words.filter((one) => one.number === number);
      const kept = state.words.filter((one) => like.length < KEPT || one !== like[0]);
      state.words = [...kept, { id, at, number, who, text, rooms }];
      break;
    }
    case "lesson.joined":
      if (fact.who.role !== "classroom" || state.rooms.includes(fact.who.id)) break;
      state.rooms = [...state.rooms, fact.who.id];
      break;
    case "stage.entered":
      state.on = [...state.on, fact.who];
      break;
    case "lesson.left":
      state.rooms = state.rooms.filter((room) => room !== fact.who);
      state.on = state.on.filter((one) => one !== fact.who);
      break;
    case "stage.left":
      state.on = state.on.filter((one) => one !== fact.who);
  }
}
