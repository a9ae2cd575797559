// Where a replay's lesson comes from: a server, or the file that the page itself is.
import { type Pages, overHttp } from "../../courseware/sheets";
import type { Asking } from "../../packed/asking";
import type { Bookmark, Entries } from "../../wire.gen";
import { type Card, get, me, post, remove } from "../home/api";
import type { TrackFile } from "./files";
import { fetchLog } from "./log";

/** Every question throws Failed where there is no answer. */
export interface Source {
  /** The lesson's id at a server that can be asked for more; null where there is none. */
  readonly house: string | null;
  /** The room by whose eyes the lesson is seen; absent where it is all of it. */
  readonly as?: string;
  card(): Promise<Card>;
  /** Hand on each frame of the log after a number. */
  log(after: number, take: (frame: Entries) => void): Promise<void>;
  tracks(): Promise<TrackFile[]>;
  /** Bytes of a track's file, perhaps fewer at its end; null where the file is not to be had. */
  media(name: string, from: number, to: number, signal: AbortSignal): Promise<ArrayBuffer | null>;
  readonly pages: Pages;
  /** Where questions are written down, to be carried off; absent where nobody need carry them. */
  readonly asking?: Asking;
  /** Pin a question to a moment, for all to see; absent where nobody can be asked. */
  pin?(at: number, text: string): Promise<void>;
  /** Mark moments of it; absent where nobody can. */
  readonly marking?: Marking;
  /** Throws Failed where it may no longer be watched; absent where nobody can take it away. */
  still?(): Promise<void>;
}

export interface Marking {
  /** Whose marks can be taken away: an account's id as a participant. */
  mine(): Promise<string>;
  mark(at: number, kind: Bookmark["kind"], text: string): Promise<void>;
  unmark(n: number): Promise<void>;
}

function markingOf(path: string): Marking {
  return {
    mine: async () => `u-${(await me())?.name ?? ""}`,
    mark: async (at, kind, text) => void (await post(`${path}/bookmarks`, { at, kind, text })),
    unmark: async (n) => void (await remove(`${path}/bookmarks/${n}`)),
  };
}

export function fromServer(lesson: string, as?: string): Source {
  const path = `/api/lessons/${lesson}`;
  let link: Promise<string> | null = null;
  const still = async () => {
    const asked = get<{ link: string }>(`${path}/link`).then((answer) => answer.link);
    await asked;
    link = asked;
  };
  return {
    house: lesson,
    as,
    card: () => get<Card>(path),
    log: (after, take) => fetchLog(lesson, after, take, undefined, as),
    tracks: async () => (await get<{ tracks: TrackFile[] }>(`${path}/tracks`)).tracks,
    media: async (name, from, to, signal) => {
      const headers = { Range: `bytes=${from}-${to - 1}` };
      if (!link) await still();
      const url = `${path}/media/${encodeURIComponent(name)}?link=${await link}`;
      // Chromium's cache answers with the old, shorter end of a file that has grown since.
      const response = await fetch(url, { headers, signal, cache: "no-store" });
      return response.status === 206 ? response.arrayBuffer() : null;
    },
    pages: overHttp(lesson, null),
    pin: async (at, text) => void (await post(`${path}/question`, { at, text })),
    ...(as === undefined && { marking: markingOf(path) }),
    still,
  };
}
