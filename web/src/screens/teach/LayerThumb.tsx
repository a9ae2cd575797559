// A classroom's layer in small, over the page it was written on.
import { useEffect, useRef } from "preact/hooks";
import { BOARD_HEIGHT, BOARD_WIDTH } from "../../board/outline";
import { coloursOf, paintPage } from "../../board/paper";
import { asMark } from "../../board/tracing";
import type { Page } from "../../channels/board";
import type { NewMark } from "../../wire.gen";
import type { Live } from "../live/live";

const WIDTH = 240; // pixels: handwriting can be read

export function LayerThumb({ live, marks, page }: { live: Live; marks: NewMark[]; page: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current) paint(canvas.current, live, marks, page);
  }, [marks, page]);
  return <canvas class="thumb" ref={canvas} width={WIDTH} height={(WIDTH * 9) / 16} />;
}

function paint(canvas: HTMLCanvasElement, live: Live, marks: NewMark[], number: number): void {
  const { board, pages } = live.store.states;
  const page = board.pages.get(number);
  const ctx = canvas.getContext("2d");
  if (!page || !ctx) return;
  ctx.setTransform(canvas.width / BOARD_WIDTH, 0, 0, canvas.height / BOARD_HEIGHT, 0, 0);
  paintPage(ctx, overlaid(page, marks), pages.papers.get(number), coloursOf(canvas));
}

/** A page as it would be with these marks upon it. */
export function overlaid(page: Page, marks: readonly NewMark[]): Page {
  return { ...page, marks: new Map([...page.marks, ...marks.map(asMark)]) };
}
