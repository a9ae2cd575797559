// The lines that may lie under the ink: squares, 田字格, 米字格, four-line English, staves, axes.
import type { Background } from "../channels/pages";
import { BOARD_HEIGHT, BOARD_WIDTH } from "./outline";

type Context = CanvasRenderingContext2D;

export interface Lines {
  line: string;
  /** For the few lines that are to be found at once: the axes. */
  strong: string;
}

const SQUARE = 60; // 32 by 18 on the board
const CELL = 180; // 田字格 and 米字格: ten across and five down
const LEFT = 60;
const TOP = 90;
const STAFF_GAP = 28; // between the lines of a stave: a note head is written by hand
const STAFF_PITCH = 252; // four staves, with room for words below each
const ARROW = 18;

const PAINTED: Record<Background, (ctx: Context, lines: Lines) => void> = {
  blank: () => undefined,
  grid: squares,
  tian: (ctx) => cells(ctx, false),
  mi: (ctx) => cells(ctx, true),
  lines: fourLines,
  staff: staves,
  axes,
};

/** Paint the lines of a background, in board coordinates. */
export function paintLines(ctx: Context, kind: Background, lines: Lines): void {
  ctx.save();
  ctx.strokeStyle = lines.line;
  ctx.lineWidth = 2;
  PAINTED[kind]?.(ctx, lines);
  ctx.restore();
}

function squares(ctx: Context): void {
  ctx.beginPath();
  for (let x = SQUARE; x < BOARD_WIDTH; x += SQUARE) line(ctx, x, 0, x, BOARD_HEIGHT);
  for (let y = SQUARE; y < BOARD_HEIGHT; y += SQUARE) line(ctx, 0, y, BOARD_WIDTH, y);
  ctx.stroke();
}

/** 田字格, and with the diagonals 米字格. */
function cells(ctx: Context, diagonals: boolean): void {
  const [right, bottom] = [LEFT + 10 * CELL, TOP + 5 * CELL];
  ctx.beginPath();
  for (let x = LEFT; x <= right; x += CELL) line(ctx, x, TOP, x, bottom);
  for (let y = TOP; y <= bottom; y += CELL) line(ctx, LEFT, y, right, y);
  ctx.stroke();
  ctx.setLineDash([10, 10]);
  ctx.beginPath();
  for (let x = LEFT + CELL / 2; x < right; x += CELL) line(ctx, x, TOP, x, bottom);
  for (let y = TOP + CELL / 2; y < bottom; y += CELL) line(ctx, LEFT, y, right, y);
  for (let x = LEFT; diagonals && x < right; x += CELL) {
    for (let y = TOP; y < bottom; y += CELL) cross(ctx, x, y);
  }
  ctx.stroke();
}

function cross(ctx: Context, x: number, y: number): void {
  line(ctx, x, y, x + CELL, y + CELL);
  line(ctx, x + CELL, y, x, y + CELL);
}

function fourLines(ctx: Context): void {
  ctx.beginPath();
  for (let top = TOP + 30; top + 120 < BOARD_HEIGHT; top += CELL) {
    for (let i = 0; i < 4; i++) line(ctx, LEFT, top + i * 40, BOARD_WIDTH - LEFT, top + i * 40);
  }
  ctx.stroke();
}

function staves(ctx: Context): void {
  ctx.beginPath();
  for (let top = TOP; top + 4 * STAFF_GAP < BOARD_HEIGHT; top += STAFF_PITCH) {
    const bottom = top + 4 * STAFF_GAP;
    for (let y = top; y <= bottom; y += STAFF_GAP) line(ctx, LEFT, y, BOARD_WIDTH - LEFT, y);
    line(ctx, LEFT, top, LEFT, bottom);
    line(ctx, BOARD_WIDTH - LEFT, top, BOARD_WIDTH - LEFT, bottom);
  }
  ctx.stroke();
}

function axes(ctx: Context, { strong }: Lines): void {
  const [x, y] = [BOARD_WIDTH / 2, BOARD_HEIGHT / 2];
  squares(ctx);
  ctx.strokeStyle = ctx.fillStyle = strong;
  ctx.lineWidth = 3;
  ctx.beginPath();
  line(ctx, LEFT, y, BOARD_WIDTH - LEFT, y);
  line(ctx, x, LEFT, x, BOARD_HEIGHT - LEFT);
  line(ctx, BOARD_WIDTH - LEFT - ARROW, y - ARROW / 2, BOARD_WIDTH - LEFT, y);
  line(ctx, BOARD_WIDTH - LEFT - ARROW, y + ARROW / 2, BOARD_WIDTH - LEFT, y);
  line(ctx, x - ARROW / 2, LEFT + ARROW, x, LEFT);
  line(ctx, x + ARROW / 2, LEFT + ARROW, x, LEFT);
  for (let at = 2 * SQUARE; at < BOARD_WIDTH - LEFT; at += SQUARE) line(ctx, at, y - 7, at, y + 7);
  for (let at = 2 * SQUARE; at < BOARD_HEIGHT - LEFT; at += SQUARE) line(ctx, x - 7, at, x + 7, at);
  ctx.stroke();
  ctx.font = "italic 34px serif";
  ctx.fillText("O", x - 34, y + 38);
  ctx.fillText("x", BOARD_WIDTH - LEFT - 20, y + 44);
  ctx.fillText("y", x + 22, LEFT + 22);
}

function line(ctx: Context, fromX: number, fromY: number, toX: number, toY: number): void {
  ctx.moveTo(fromX, fromY);
  ctx.lineTo(toX, toY);
}
