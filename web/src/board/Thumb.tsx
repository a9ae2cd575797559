// A page in small, painted by the same strokes; painted anew when its page has changed for a while.
import { useEffect, useRef } from "preact/hooks";
import type { Store } from "../core/store";
import type { Fact } from "../wire.gen";
import { onArrival } from "./arrivals";
import { BOARD_HEIGHT, BOARD_WIDTH } from "./outline";
import { coloursOf, paintPage } from "./paper";

const SHOWN = /^(ink|marks|op|page|layer\.promoted)\b/; // facts that may change how a page looks
const REST_MS = 800; // writing is not interrupted by small pictures of it

export function Thumb({ store, page, width = 128 }: { store: Store; page: number; width?: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let timer = 0;
    const ours = new Set<number>(); // strokes that began on this page: only so is ink known by it
    const concerns = (fact: Fact) => {
      if (fact.t === "ink") return ours.has(fact.stroke);
      if (fact.t === "ink.begun" && fact.page === page) ours.add(fact.stroke);
      return SHOWN.test(fact.t) && "page" in fact && fact.page === page;
    };
    const paint = () => canvas.current && paintThumb(canvas.current, store, page);
    const later = () => {
      clearTimeout(timer);
      timer = window.setTimeout(paint, REST_MS);
    };
    paint();
    const deaf = [
      store.onFact((fact) => concerns(fact) && later()),
      store.onReplaced(later),
      onArrival(later),
    ];
    return () => {
      clearTimeout(timer);
      for (const undo of deaf) undo();
    };
  }, [store, page]);
  return <canvas class="thumb" ref={canvas} width={width} height={(width * 9) / 16} />;
}

function paintThumb(canvas: HTMLCanvasElement, store: Store, number: number): void {
  const page = store.states.board.pages.get(number);
  const ctx = canvas.getContext("2d");
  if (!page || !ctx) return;
  ctx.setTransform(canvas.width / BOARD_WIDTH, 0, 0, canvas.height / BOARD_HEIGHT, 0, 0);
  paintPage(ctx, page, store.states.pages.papers.get(number), coloursOf(canvas));
}
