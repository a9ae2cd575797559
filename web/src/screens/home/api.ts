// The server's plain HTTP as these screens use it: JSON in, JSON out, errors with a code.
import type { Participant } from "../../wire.gen";

export type Role = Participant["role"];

/** Those that an account may have. */
export const ROLES: Role[] = ["teacher", "co-teacher", "patrol", "admin"];

export interface Account {
  name: string;
  shown: string;
  role: Role;
  school: string;
  /** The password is still the one an admin gave. */
  given: boolean;
}

/** A lesson as the lists show it; wall times are Unix seconds, 0 where not yet. */
export interface Card {
  id: string;
  title: string;
  subject: string;
  teacher: string;
  code: string;
  made_at: number;
  began_at: number;
  ended_at: number;
  /** The teacher's name as people say it. */
  by: string;
  present: number;
  /** "" of one that was made by hand and is of none. */
  kind?: "dedicated" | "master" | "library" | "after-school" | "";
  /** Nobody may erase it: an admin holds it. */
  held?: boolean;
  /** The second of the lesson in which the words were that were looked for, and what was said. */
  found?: [at: number, text: string] | null;
}

export interface Admission {
  lesson: string;
  ticket: string;
  title: string;
  subject: string;
  teacher: string;
}

/** The server said no (its code and message), or could not be reached (code "offline"). */
export class Failed extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status = 0,
    /** What the message is made of, for words in another language. */
    readonly parts: Record<string, string> = {},
  ) {
    super(message);
  }
}

export const get = <T>(path: string) => ask<T>(path, {});

/** Ask, as an effect does: what it gives back makes a late answer count for nothing any more. */
export function asking<T>(path: string, told: (found: T) => void, failed: (error: unknown) => void): () => void {
  let wanted = true;
  get<T>(path).then((found) => wanted && told(found), (error) => wanted && failed(error));
  return () => {
    wanted = false;
  };
}

export function post<T>(path: string, body: unknown = {}): Promise<T> {
  const headers = { "Content-Type": "application/json" };
  return ask<T>(path, { method: "POST", headers, body: JSON.stringify(body) });
}

export const remove = <T>(path: string) => ask<T>(path, { method: "DELETE" });

/** The account that is logged in on this browser, or null. */
export async function me(): Promise<Account | null> {
  return (await get<{ account: Account | null }>("/api/me")).account;
}

/** The code of whatever went wrong, for choosing the words. */
export const codeOf = (error: unknown) => (error instanceof Failed ? error.code : "unknown");

async function ask<T>(path: string, init: RequestInit): Promise<T> {
  const response = await fetch(path, init).catch(() => {
    throw new Failed("offline", "");
  });
  if (!response.ok) throw await refusal(response);
  return (await response.json()) as T;
}

/** The server's own words for a no. */
export async function refusal(response: Response): Promise<Failed> {
  const said = (await response.json().catch(() => ({}))) as {
    code?: string;
    message?: string;
    parts?: Record<string, string>;
  };
  const code = said.code ?? (response.status >= 502 ? "offline" : "unknown");
  return new Failed(code, said.message ?? "", response.status, said.parts);
}
