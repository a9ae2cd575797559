// Studios as the server tells of them.
import { tOr } from "../../i18n";
import type { Word } from "../alliance/Thread";
import { codeOf } from "../home/api";

export interface Studio {
  id: string;
  name: string;
  subject: string;
  master: string;
  about: string;
  version: number;
}

export type Standing = "asked" | "invited" | "in";

export interface Found {
  studios: { studio: Studio; master: string; school: string; apprentices: number; mine: boolean }[];
  founds: boolean;
}

export interface Member {
  account: string;
  shown: string;
  school: string;
  standing: Standing;
  version: number;
}

export interface Opened {
  lesson: string;
  title: string;
  subject: string;
  by: string;
  stage: "preclass" | "inclass" | "postclass";
  at: number;
  mine: boolean;
  version: number;
}

export interface Page {
  studio: Studio;
  people: Member[];
  lessons: Opened[];
  words: Word[];
  /** Their names, by what accounts call them. */
  schools: Record<string, string>;
  inside: boolean;
  leads: boolean;
  founds: boolean;
  /** Whether one may ask to come. */
  joins: boolean;
  me: string;
  standing: Standing | null;
  version: number;
}

export const wordsOf = (error: unknown): string =>
  tOr(`studio.error.${codeOf(error)}`, codeOf(error) === "offline" ? "error.offline" : "error.unknown");
