// An alliance as the server tells of it, and how a section of its page is loaded and changed.
import { useEffect, useState } from "preact/hooks";
import { tOr } from "../../i18n";
import { codeOf, get, post } from "../home/api";

export interface Alliance {
  id: string;
  name: string;
  version: number;
  /** The school whose administrator writes for all. */
  lead: string;
}

export interface Page {
  alliance: Alliance;
  schools: { id: string; name: string }[];
  own: string;
  leads: boolean;
  anywhere: boolean;
}

export interface TakenPart {
  room: string;
  hands: number;
  words: number;
  on_stage: number;
}

export interface Exchange {
  id: string;
  title: string;
  about: string;
  day: string;
  rooms: string[];
  lesson: string;
  version: number;
}

export interface Prepared {
  lesson: string;
  title: string;
  subject: string;
  teacher: string;
  versions: number;
  remarks: number;
  last: number;
}

/** What every section is given: the alliance, and where to ask for it. */
export interface Props {
  page: Page;
  at: string;
}

export const wordsOf = (error: unknown): string =>
  tOr(`alliance.error.${codeOf(error)}`, codeOf(error) === "offline" ? "error.offline" : "error.unknown");

export const nameOf = (page: Page, school: string): string =>
  page.schools.find(({ id }) => id === school)?.name ?? "";

export interface Section<T> {
  found: T | null;
  problem: string;
  /** Says something to the server, whose answer is how the section is now; whether it went through. */
  send(to: string, body: unknown): Promise<boolean>;
  again(): void;
  failed(error: unknown): void;
}

export function useSection<T>(path: string): Section<T> {
  const [found, setFound] = useState<T | null>(null);
  const [problem, setProblem] = useState("");
  const failed = (error: unknown) => setProblem(wordsOf(error));
  const shown = (now: T) => {
    setFound(now);
    setProblem("");
  };
  const again = () => void get<T>(path).then(shown, failed);
  useEffect(again, [path]);
  async function send(to: string, body: unknown): Promise<boolean> {
    try {
      shown(await post<T>(to, body));
      return true;
    } catch (error) {
      failed(error);
      return false;
    }
  }
  return { found, problem, send, again, failed };
}

/** Each thing has a form of its own: what was typed for one is never kept as another's. */
export const idOf = (written: { id: string } | "new") => (written === "new" ? "new" : written.id);
