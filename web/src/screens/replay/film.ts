// What the server says of a lesson's video file, and what may be asked of it.
import { lang } from "../../i18n";
import { get, post, remove } from "../home/api";

export interface Film {
  state: "none" | "waiting" | "making" | "ready" | "failed";
  /** The share of the work, 0..1. */
  done: number;
  /** Films that are made before it. */
  ahead: number;
  /** A code: what it waits for, or why there is none. */
  why: string;
}

const path = (lesson: string) => `/api/lessons/${lesson}/film`;

export const filmOf = (lesson: string) => get<Film>(path(lesson));
/** Its chapters are named in the language of this device. */
export const orderFilm = (lesson: string) => post<Film>(`${path(lesson)}?language=${lang.value}`);
export const cancelFilm = (lesson: string) => remove<Film>(path(lesson));

/** Whether it is worth looking again soon. */
export const isComing = (film: Film) => film.state === "waiting" || film.state === "making";
