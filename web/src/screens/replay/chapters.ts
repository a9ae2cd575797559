// The chapters of a lesson: its bells, the turns of its pages, its quizzes, and what staff marked.
import type { Bookmark } from "../../wire.gen";
import type { Entry } from "./timeline";

const GLANCE = 3; // seconds: a page looked at for less was only passed on the way to another

export interface Chapter {
  at: number;
  kind: "before" | "began" | "page" | "quiz" | "mark" | "ended";
  /** The page on the board from then on. */
  page: number;
  /** What was marked, where that is why. */
  mark?: Bookmark;
  /** What a quiz asked; empty where it stood on the board. */
  question?: string;
}

/** In order of time; the first is where the replay starts, and nothing before it is a chapter. */
export function chaptersOf(
  entries: readonly Entry[],
  startsAt: number,
  marks: readonly Bookmark[] = [],
): Chapter[] {
  const found: Chapter[] = [{ at: startsAt, kind: "before", page: 1 }];
  for (const { at, fact } of entries) {
    if (at < startsAt && fact.t === "page.turned") found[0].page = fact.page;
    if (at < startsAt) continue;
    const page = found[found.length - 1].page;
    if (fact.t === "page.turned") turn(found, at, fact.page);
    else if (fact.t === "lesson.began") found.push({ at, kind: "began", page });
    else if (fact.t === "quiz.asked") found.push({ at, kind: "quiz", page, question: fact.question });
    else if (fact.t === "lesson.ended") found.push({ at, kind: "ended", page });
  }
  return withMarks(found, marks);
}

/** A mark stands behind what begins at its moment; one before all of it stands at its beginning. */
function withMarks(chapters: readonly Chapter[], marks: readonly Bookmark[]): Chapter[] {
  const marked = marks.map((mark): Chapter => {
    const at = Math.max(mark.at, chapters[0].at);
    const { page } = chapters[Math.max(chapterAt(chapters, at), 0)];
    return { at, kind: "mark", page, mark };
  });
  return [...chapters, ...marked].sort((one, other) => one.at - other.at);
}

/** The one that is running at a moment, as its place in the list. */
export function chapterAt(chapters: readonly Chapter[], at: number): number {
  const after = chapters.findIndex((chapter) => chapter.at > at);
  return (after < 0 ? chapters.length : after) - 1;
}

function turn(found: Chapter[], at: number, page: number): void {
  const before = found[found.length - 1];
  if (before.kind === "page" && at - before.at < GLANCE) found.pop();
  found.push({ at, kind: "page", page });
}
