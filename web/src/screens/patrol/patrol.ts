// The wall as the server tells of it, and how well a room is, in a word.
import type { Page } from "../../channels/board";
import { readKind, unpack } from "../../core/codec";
import { overHttp, type Pages, sheets } from "../../courseware/sheets";
import type { Paper } from "../../wire.gen";

export interface RoomSeen {
  id: string;
  name: string;
  here: boolean;
  loss: number | null;
  rtt: number | null;
  hears: boolean;
  sees: boolean;
  late: number;
  on_stage: boolean;
  pupils: number | null;
  silent: number | null;
}

export interface LessonSeen {
  id: string;
  title: string;
  subject: string;
  teacher: string;
  school: string;
  teaches: boolean;
  stage: "preclass" | "inclass" | "postclass";
  now: number;
  since: number | null;
  seq: number;
  page: number;
  pages: number;
  speaking: string[];
  rooms: RoomSeen[];
  calls: number;
  remarks: { at: number; name: string; text: string; kind: string }[];
}

const LOSSY = 8; // as on the teacher's wall: web/src/screens/teach/lights.ts
const SLOW = 800;
const LATE = 60;

export type Line = "lost" | "unknown" | "weak" | "good";

export function lineOf(room: RoomSeen): Line {
  if (!room.here) return "lost";
  if (room.loss === null || room.rtt === null) return "unknown";
  return room.loss >= LOSSY || room.rtt > SLOW || room.late > LATE ? "weak" : "good";
}

const houses = new Map<string, Pages>(); // of each picture's name, the lesson that has it

/** Pictures of courseware come from whichever lesson shows them. */
export function fromAllLessons(): void {
  sheets.from({
    fetch: (file, before, manners) => {
      const pages = houses.get(file.replace(/\.gz$/, ""));
      return pages ? pages.fetch(file, before, manners) : Promise.reject(new Error("no lesson"));
    },
  });
}

export interface Shown {
  number: number;
  paper: Paper;
  page: Page;
}

/** The page that is on the board of a lesson now; null where there is none. */
export async function pageOf(lesson: string): Promise<Shown | null> {
  const answer = await fetch(`/api/lessons/${lesson}/page`);
  if (!answer.ok) return null;
  const [number, paper, page] = unpack(new Uint8Array(await answer.arrayBuffer())) as unknown[];
  const shown = { number: number as number, paper: readKind("Paper", paper) as Paper };
  if (shown.paper.sheet) houses.set(shown.paper.sheet, overHttp(lesson, null));
  const empty: Page = { marks: new Map(), off: [], here: true };
  return { ...shown, page: page ? (readKind("Page", page) as Page) : empty };
}
