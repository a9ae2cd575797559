// What lies under the ink: blank, squared, 田字格 or four-lined paper; and a whole page at once.
import type { Page } from "../channels/board";
import type { Background } from "../channels/pages";
import type { Paper } from "../wire.gen";
import { type Edit, lookOf } from "./look";
import { paintMark } from "./marks";
import { BOARD_HEIGHT, BOARD_WIDTH } from "./outline";

/** The colours of a board, read from the style sheet so that paper and chalkboard differ there. */
export interface Colours {
  paper: string;
  line: string;
  inks: string[];
}

const CELL = 180; // 田字格: ten across and five down
const LEFT = 60;
const TOP = 90;

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
  paintPaper(ctx, paper?.background ?? "blank", colours);
  for (const [number, mark] of page.marks) {
    const look = leaveOut(number) ? null : lookOf(number, page, mark, foreseen.get(number));
    if (look) paintMark(ctx, look, colours.inks);
  }
}

function paintPaper(ctx: CanvasRenderingContext2D, kind: Background, colours: Colours): void {
  ctx.fillStyle = colours.paper;
  ctx.fillRect(0, 0, BOARD_WIDTH, BOARD_HEIGHT);
  ctx.strokeStyle = colours.line;
  ctx.lineWidth = 2;
  if (kind === "grid") grid(ctx);
  if (kind === "tian") tian(ctx);
  if (kind === "lines") fourLines(ctx);
}

function grid(ctx: CanvasRenderingContext2D): void {
  ctx.beginPath();
  for (let x = 60; x < BOARD_WIDTH; x += 60) line(ctx, x, 0, x, BOARD_HEIGHT);
  for (let y = 60; y < BOARD_HEIGHT; y += 60) line(ctx, 0, y, BOARD_WIDTH, y);
  ctx.stroke();
}

function tian(ctx: CanvasRenderingContext2D): void {
  const [right, bottom] = [LEFT + 10 * CELL, TOP + 5 * CELL];
  ctx.beginPath();
  for (let x = LEFT; x <= right; x += CELL) line(ctx, x, TOP, x, bottom);
  for (let y = TOP; y <= bottom; y += CELL) line(ctx, LEFT, y, right, y);
  ctx.stroke();
  ctx.setLineDash([10, 10]);
  ctx.beginPath();
  for (let x = LEFT + CELL / 2; x < right; x += CELL) line(ctx, x, TOP, x, bottom);
  for (let y = TOP + CELL / 2; y < bottom; y += CELL) line(ctx, LEFT, y, right, y);
  ctx.stroke();
  ctx.setLineDash([]);
}

function fourLines(ctx: CanvasRenderingContext2D): void {
  ctx.beginPath();
  for (let top = TOP + 30; top + 120 < BOARD_HEIGHT; top += CELL) {
    for (let i = 0; i < 4; i++) line(ctx, LEFT, top + i * 40, BOARD_WIDTH - LEFT, top + i * 40);
  }
  ctx.stroke();
}

function line(
  ctx: CanvasRenderingContext2D,
  fromX: number,
  fromY: number,
  toX: number,
  toY: number,
): void {
  ctx.moveTo(fromX, fromY);
  ctx.lineTo(toX, toY);
}
