// Courses as the server tells of them.
import { t, tOr } from "../../i18n";
import { go } from "../../router";
import type { Classroom, Slot } from "../district/district";
import { codeOf } from "../home/api";

export const KINDS = ["dedicated", "master", "library", "after-school"] as const;
export type Kind = (typeof KINDS)[number];

export interface Course {
  id: string;
  school: string;
  title: string;
  subject: string;
  grade: string;
  teacher: string;
  kind: Kind;
  term: string;
  lessons: string[];
  version: number;
  /** Laid by: it is not among the others, and nobody goes on with it. */
  archived: boolean;
}

export interface Found {
  courses: Course[];
  schools: Record<string, string>;
  teachers: Record<string, string>;
  /** The id of oneself among the people of the district, or "". */
  me: string;
  /** The id of one's school. */
  school: string;
}

export interface Recorded {
  lesson: string;
  title: string;
  there: boolean;
}

export interface Progress {
  learner: string;
  name: string;
  done: { lesson: string; at: number }[];
  next: string;
}

export interface OneCourse {
  course: Course;
  school: string;
  teacher: string;
  slots: Slot[];
  recorded: Recorded[];
  progress: Progress[];
  classrooms: Classroom[];
  mine: boolean;
}

export const kindOf = (kind: Kind): string => t(`district.kind.${kind}`);

export function wordsOf(error: unknown): string {
  const code = codeOf(error);
  if (code === "login") go("/login");
  return tOr(`course.error.${code}`, code === "offline" ? "error.offline" : "error.unknown");
}
