// The stage: who speaks to all, and which slot shows whom.
import type { Fact, Participant } from "../wire.gen";
import { UNSEEN } from "./conduct";

export const PLACES = 4; // classrooms on stage at once
export const WALL = 20; // pictures on the teacher's wall beside the stage

export interface OnStage {
  on: Map<string, number>;
  wall: Map<string, number>;
  teachers: string[];
  large: string | null;
  groups: Map<string, number>;
  visited: number;
}

/** One slot of a subscriber, and the track it shows. */
export interface Cast {
  kind: "audio" | "video";
  slot: number;
  publisher: string;
  track: "voice" | "camera" | "content";
  large: boolean;
}

export const follows = [
  ...["stage.entered", "stage.left", "stage.enlarged", "lesson.joined", "lesson.left", "lesson.ended"],
  ...["groups.formed", "groups.ended", "groups.visited"],
] as const;

export function fresh(): OnStage {
  return { on: new Map(), wall: new Map(), teachers: [], large: null, groups: new Map(), visited: 0 };
}

export function fold(state: OnStage, fact: Fact, _at: number): void {
  switch (fact.t) {
    case "stage.entered":
      state.on.set(fact.who, fact.place);
      break;
    case "stage.left":
      stepDown(state, fact.who);
      break;
    case "stage.enlarged":
      state.large = fact.who;
      break;
    case "lesson.joined":
      seat(state, fact.who);
      break;
    case "groups.formed":
      state.groups = new Map(fact.groups.flatMap(({ number, rooms }) => rooms.map((who) => [who, number])));
      state.visited = 0;
      break;
    case "groups.visited":
      state.visited = fact.number;
      break;
    case "lesson.left":
      stepDown(state, fact.who);
      state.wall.delete(fact.who);
      state.teachers = state.teachers.filter((teacher) => teacher !== fact.who);
      break;
    case "lesson.ended":
      state.on.clear();
      state.large = null;
      together(state);
      break;
    case "groups.ended":
      together(state);
  }
}

/** The whole slot plan of one subscriber, as the server's function of the same name makes it. */
export function casts(state: OnStage, viewer: Participant): Cast[] {
  if (viewer.role === "teacher") {
    return [...stageCasts(state, viewer, 0, 0, true), ...wallCasts(state)];
  }
  let main = state.teachers.slice(0, 1).flatMap(mainCasts);
  const elsewhere = state.visited !== 0 && (state.groups.get(viewer.id) ?? 0) !== state.visited;
  if (elsewhere && !UNSEEN.includes(viewer.role)) {
    main = main.filter(({ kind }) => kind !== "audio"); // she talks with another group
  }
  if (state.groups.size && viewer.role === "co-teacher") return main;
  return [...main, ...stageCasts(state, viewer, 1, 2, false)];
}

/** Who is heard and seen by this one, and at which place: the stage, or a group. */
export function shown(state: OnStage, viewer: string): ReadonlyMap<string, number> {
  if (!state.groups.size) return state.on;
  const group = state.groups.get(viewer) ?? state.visited;
  const members = [...state.groups].filter(([who, number]) => number === group && who !== viewer && state.wall.has(who));
  return new Map(members.slice(0, PLACES).map(([who], i) => [who, i + 1]));
}

function together(state: OnStage): void {
  state.groups = new Map();
  state.visited = 0;
}

function stepDown(state: OnStage, who: string): void {
  state.on.delete(who);
  if (state.large === who) state.large = null;
}

function seat(state: OnStage, who: Participant): void {
  if (who.role === "teacher") {
    if (!state.teachers.includes(who.id)) state.teachers = [...state.teachers, who.id];
  } else if (who.role === "classroom" && !state.wall.has(who.id)) {
    state.wall.set(who.id, lowestFree(new Set(state.wall.values())));
  }
}

function lowestFree(taken: Set<number>): number {
  let place = 0;
  while (taken.has(place)) place++;
  return place;
}

function mainCasts(teacher: string): Cast[] {
  return [
    { kind: "audio", slot: 0, publisher: teacher, track: "voice", large: true },
    { kind: "video", slot: 0, publisher: teacher, track: "camera", large: true },
    { kind: "video", slot: 1, publisher: teacher, track: "content", large: true },
  ];
}

function stageCasts(
  state: OnStage,
  viewer: Participant,
  audio: number,
  video: number,
  large: boolean,
): Cast[] {
  const others = [...shown(state, viewer.id)].filter(([who]) => who !== viewer.id);
  return others.flatMap(([publisher, place]): Cast[] => [
    { kind: "audio", slot: audio + place - 1, publisher, track: "voice", large },
    { kind: "video", slot: video + place - 1, publisher, track: "camera", large: large || publisher === state.large },
  ]);
}

function wallCasts(state: OnStage): Cast[] {
  const near = shown(state, "");
  const others = [...state.wall].filter(([who, place]) => place < WALL && !near.has(who));
  return others.map(([publisher, place]): Cast => {
    return { kind: "video", slot: PLACES + place, publisher, track: "camera", large: false };
  });
}
