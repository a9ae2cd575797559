// Contests of lessons as the server tells of them.
import { tOr } from "../../i18n";
import type { Rubric } from "../after/Evaluate";
import { codeOf } from "../home/api";

export interface Found {
  contests: { id: string; title: string; until: string; closed_at: number; entries: number; judges: boolean; judged: number }[];
  announces: boolean;
}

export interface Verdict {
  points: number[];
  summary: string;
  version: number;
}

export interface Entry {
  lesson: string;
  title: string;
  shown: string;
  school: string;
  /** Whether it can still be watched. */
  there: boolean;
  mine: boolean;
  version: number;
  verdict: Verdict | null;
  rank: number;
  points: number;
  judges: number;
  averages: { name: string; points: number }[];
  remarks: { shown: string; text: string }[];
}

export interface Page {
  id: string;
  title: string;
  about: string;
  rubric: string;
  criteria: Rubric["criteria"];
  until: string;
  closed_at: number;
  version: number;
  open: boolean;
  announces: boolean;
  judging: boolean;
  judges: { account: string; shown: string; school: string; judged: number }[];
  entries: Entry[];
  offered: { lesson: string; title: string; ended_at: number }[];
}

/** Does something to the contest, whose page is the answer; whether it went through. */
export type Act = (asked: Promise<Page>) => Promise<boolean>;

export const wordsOf = (error: unknown): string =>
  tOr(`contest.error.${codeOf(error)}`, codeOf(error) === "offline" ? "error.offline" : "error.unknown");

export const most = (criteria: Rubric["criteria"]): number => criteria.reduce((all, one) => all + one.most, 0);
