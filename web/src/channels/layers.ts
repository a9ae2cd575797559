// A layer for each classroom: what each wrote for the teacher alone, and what is shown to all.
import type { Fact, Layer, NewMark } from "../wire.gen";

export interface Layers {
  open: boolean;
  own: Layer[];
  shown: Layer[];
  seats: Map<string, number>;
  pages: number[];
}

export const follows = [
  ...["layers.opened", "layers.closed", "layer.drawn", "layer.erased"],
  ...["layer.shown", "layer.hidden", "layer.promoted"],
  ...["lesson.joined", "page.added", "page.removed", "page.restored"],
] as const;

const WRITES: readonly string[] = ["teacher", "co-teacher", "classroom"];

export function fresh(): Layers {
  return { open: false, own: [], shown: [], seats: new Map(), pages: [1] };
}

export function fold(state: Layers, fact: Fact, _at: number): void {
  switch (fact.t) {
    case "layers.opened":
    case "layers.closed":
      state.open = fact.t === "layers.opened";
      return;
    case "layer.drawn": {
      const marks = [...marksOn(state.own, fact.who, fact.page), ...fact.marks];
      state.own = replaced(state.own, fact, marks);
      return;
    }
    case "layer.erased": {
      const before = marksOn(state.own, fact.who, fact.page);
      const marks = before.filter(({ number }) => !fact.marks.includes(number));
      state.own = replaced(state.own, fact, marks);
      return;
    }
    case "layer.shown":
    case "layer.hidden":
      state.shown = replaced(state.shown, fact, fact.t === "layer.shown" ? fact.marks : []);
      return;
    case "layer.promoted":
      state.own = replaced(state.own, fact, []);
      state.shown = replaced(state.shown, fact, []);
      return;
    default:
      follow(state, fact);
  }
}

export function marksOn(layers: readonly Layer[], who: string, page: number): NewMark[] {
  return layers.find((one) => one.who === who && one.page === page)?.marks ?? [];
}

function replaced(
  layers: Layer[],
  { who, page }: { who: string; page: number },
  marks: NewMark[],
): Layer[] {
  const others = layers.filter((one) => one.who !== who || one.page !== page);
  return marks.length ? [...others, { who, page, marks }] : others;
}

function follow(state: Layers, fact: Fact): void {
  switch (fact.t) {
    case "lesson.joined":
      if (WRITES.includes(fact.who.role)) state.seats.set(fact.who.id, fact.seat);
      break;
    case "page.added":
    case "page.restored":
      state.pages = [...state.pages, fact.page];
      break;
    case "page.removed":
      state.pages = state.pages.filter((page) => page !== fact.page);
  }
}
