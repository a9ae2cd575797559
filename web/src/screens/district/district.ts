// The district as the server tells of it, and what its pages ask; times of bells are minutes.
import { type Key, t, tOr } from "../../i18n";
import { Failed, codeOf, get } from "../home/api";

export interface Bell extends Array<number> {
  0: number;
  1: number;
}

export interface School {
  id: string;
  name: string;
  alliance: string;
  bells: Bell[];
  version: number;
  /** Of the service after school; empty where it goes by the school's. */
  after_bells: Bell[];
}

export interface Classroom {
  id: string;
  school: string;
  name: string;
  rows: number;
  columns: number;
  version: number;
}

export interface Person {
  id: string;
  school: string;
  name: string;
  part: "teacher" | "student";
  number: string;
  account: string;
  classroom: string;
  row: number;
  column: number;
  version: number;
}

export interface Term {
  id: string;
  name: string;
  first: string;
  last: string;
  version: number;
}

export interface Slot {
  id: string;
  term: string;
  school: string;
  title: string;
  subject: string;
  teacher: string;
  room: string;
  weekday: number;
  period: number;
  listeners: string[];
  kind: "dedicated" | "master" | "library" | "after-school";
  weeks: "all" | "odd" | "even";
  version: number;
  /** Days on which it is not held, in order. */
  cancelled: string[];
  /** The one it belongs to, or "". */
  course: string;
}

export interface Clash {
  what: "teacher" | "room" | "bells";
  which: string;
  slot: string;
  other: string;
}

export interface Overview {
  own: string;
  alliances: { id: string; name: string }[];
  schools: School[];
  terms: Term[];
  tally: { schools: number; classrooms: number; people: number };
}

export interface Inside {
  school: School;
  classrooms: Classroom[];
  teachers: Person[];
}

export interface Week {
  term: Term | null;
  slots: Slot[];
  clashes: Clash[];
  schools: School[];
  classrooms: Classroom[];
  teachers: Record<string, string>;
}

/** 500 is 8:20. */
export const clock = (minutes: number) =>
  `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;

/** What went wrong, in the reader's words; a clash names who and what. */
export function wordsOf(error: unknown): string {
  const code = codeOf(error);
  if (code === "clash" && error instanceof Failed) return clashOf(error);
  return tOr(`district.error.${code}`, code === "offline" ? "error.offline" : "error.unknown");
}

/** Who or what is wanted twice, and by which lesson. */
function clashOf({ parts }: Failed): string {
  const said = { title: parts.title ?? "", who: parts.who ?? "", where: parts.where ?? "" };
  return t(parts.what === "room" ? "district.error.clash.room" : "district.error.clash.teacher", said);
}

/** When a school's lessons of a kind are held: as synclass/school/timetable.py has it. */
export const bellsOf = (school: School, kind: Slot["kind"]): Bell[] =>
  kind === "after-school" && school.after_bells.length ? school.after_bells : school.bells;

/** In which row of a school's day a lesson stands: at the bell that is nearest to its beginning. */
export function rowOf(slot: Slot, school: School, all: School[]): number {
  if (slot.school === school.id) return slot.period - 1;
  const teaches = all.find(({ id }) => id === slot.school);
  const starts = teaches && bellsOf(teaches, slot.kind)[slot.period - 1]?.[0];
  const bells = bellsOf(school, slot.kind);
  if (starts === undefined || bells.length === 0) return -1;
  const away = bells.map((bell) => Math.abs(bell[0] - starts));
  return away.indexOf(Math.min(...away));
}

export const dayOf = (weekday: number): string => t(`district.day.${weekday}` as Key);

/** The days still to come on which a lesson is not held. */
export const coming = ({ cancelled }: Slot): string[] =>
  cancelled.filter((day) => day >= new Date().toLocaleDateString("sv"));

/** What is there of an id now, or undefined where it is gone. */
export async function there<T>(path: string): Promise<T | undefined> {
  try {
    return await get<T>(path);
  } catch (error) {
    if (["no-school", "no-classroom", "no-course"].includes(codeOf(error))) return undefined;
    throw error;
  }
}
