// Which pages the board has, in which order, on what paper, and which one is in front.
import type { Fact, Paper } from "../wire.gen";

export type Background = Paper["background"];

export const BACKGROUNDS = ["blank", "grid", "tian", "mi", "lines", "staff", "axes"] as const;

export interface Pages {
  order: number[];
  papers: Map<number, Paper>;
  current: number;
}

export const follows = [
  ...["page.added", "page.turned", "page.moved"],
  ...["page.removed", "page.restored", "page.papered"],
] as const;

export function fresh(): Pages {
  return { order: [1], papers: new Map([[1, { background: "blank", sheet: "" }]]), current: 1 };
}

export function fold(state: Pages, fact: Fact, _at: number): void {
  switch (fact.t) {
    case "page.added":
      state.papers.set(fact.page, fact.paper);
      state.order = placed(state.order, fact.page, fact.place);
      break;
    case "page.turned":
      state.current = fact.page;
      break;
    case "page.moved":
    case "page.restored":
      state.order = placed(state.order, fact.page, fact.place);
      break;
    case "page.removed":
      state.order = state.order.filter((page) => page !== fact.page);
      break;
    case "page.papered": {
      const sheet = state.papers.get(fact.page)?.sheet ?? "";
      state.papers.set(fact.page, { background: fact.background, sheet });
    }
  }
}

/** The order with this page at that place, wherever it was before. */
function placed(order: number[], page: number, place: number): number[] {
  const others = order.filter((other) => other !== page);
  return [...others.slice(0, place), page, ...others.slice(place)];
}
