// Moments that staff mark while they pass or when they watch the recording.
import type { Bookmark, Fact } from "../wire.gen";

export interface Bookmarks {
  marks: Bookmark[];
  ended_at: number | null;
}

export const follows = [
  "bookmark.added",
  "bookmark.changed",
  "bookmark.removed",
  "lesson.ended",
] as const;

export function fresh(): Bookmarks {
  return { marks: [], ended_at: null };
}

export function fold(state: Bookmarks, fact: Fact, at: number): void {
  switch (fact.t) {
    case "bookmark.added": {
      const { who, n, at: moment, kind, text, name, hidden } = fact;
      state.marks = [...state.marks, { who, n, at: moment, kind, text, name, hidden }];
      break;
    }
    case "bookmark.changed": {
      const { kind, text } = fact;
      state.marks = state.marks.map((mark) => (isOf(fact, mark) ? { ...mark, kind, text } : mark));
      break;
    }
    case "bookmark.removed":
      state.marks = state.marks.filter((mark) => !isOf(fact, mark));
      break;
    case "lesson.ended":
      state.ended_at = at;
  }
}

const isOf = (fact: { who: string; n: number }, mark: Bookmark) =>
  mark.who === fact.who && mark.n === fact.n;
