// A whole page at once: its paper, and its marks upon it.
import type { Page } from "../channels/board";
import type { Pages } from "../channels/pages";
import type { Paper } from "../wire.gen";
import { paintLines } from "./backgrounds";
import { type Edit, lookOf } from "./look";
import { paintMark } from "./marks";
import { BOARD_HEIGHT, BOARD_WIDTH } from "./outline";
import { imageOf, isHere, paintSheet } from "./pictures";

/** The colours of a board, read from the style sheet so that paper and chalkboard differ there. */
export interface Colours {
  paper: string;
  line: string;
  inks: string[];
}

export function coloursOf(element: Element): Colours {
  const style = getComputedStyle(element);
  const value = (name: string) => style.getPropertyValue(name).trim();
  const inks = Array.from({ length: 8 }, (_, i) => value(`--ink-${i}`));
  return { paper: value("--paper"), line: value("--line"), inks };
}

/** Paint a page with all its marks but those left out, in board coordinates. */
export function paintPage(
  ctx: CanvasRenderingContext2D,
  page: Page,
  paper: Paper | undefined,
  colours: Colours,
  leaveOut: (number: number) => boolean = () => false,
  foreseen: ReadonlyMap<number, readonly Edit[]> = new Map(),
): void {
  paintPaper(ctx, paper, colours);
  for (const [number, mark] of page.marks) {
    const look = leaveOut(number) ? null : lookOf(number, page, mark, foreseen.get(number));
    if (look) paintMark(ctx, look, colours.inks);
  }
}

/** Have the pages beside this one ready to be turned to, once this one is here. */
export function warm({ order, papers, current }: Pages): void {
  const front = papers.get(current)?.sheet;
  if (front && !isHere(imageOf(front))) return;
  const at = order.indexOf(current);
  for (const page of [order[at + 1], order[at - 1]]) {
    const sheet = papers.get(page)?.sheet;
    if (sheet) imageOf(sheet);
  }
}

export function paintPaper(
  ctx: CanvasRenderingContext2D,
  paper: Paper | undefined,
  colours: Colours,
): void {
  const kind = paper?.background ?? "blank";
  ctx.fillStyle = colours.paper;
  ctx.fillRect(0, 0, BOARD_WIDTH, BOARD_HEIGHT);
  paintLines(ctx, kind, { line: colours.line, strong: colours.inks[7] });
  if (paper?.sheet) paintSheet(ctx, paper.sheet, colours.line);
}
