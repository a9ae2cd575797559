// What classrooms wrote on layers of their own, as far as this screen shows it: above the page.
import type { Mark, Page } from "../channels/board";
import type { Layers } from "../channels/layers";
import type { NewMark } from "../wire.gen";
import type { Motif } from "./layer";
import { type Look, lookOf } from "./look";
import type { Colours } from "./paper";

export class Tracing implements Motif {
  page: Page = { marks: new Map(), off: [], here: true };
  /** The page below is seen through it. */
  readonly paper = null;
  private rubbed: ReadonlySet<number> = new Set();

  constructor(readonly colours: Colours) {}

  look(number: number): Look | null {
    const mark = this.rubbed.has(number) ? undefined : this.page.marks.get(number);
    return mark ? lookOf(number, this.page, mark) : null;
  }

  /** Begin anew: what is shown to all on a page, and what is on the layer of ``who``. */
  take(layers: Layers, page: number, who: string | undefined): void {
    const own = layers.own.filter((layer) => layer.who === who);
    const others = layers.shown.filter((layer) => layer.who !== who);
    const seen = [...others, ...own].filter((layer) => layer.page === page);
    this.page = { ...this.page, marks: new Map(seen.flatMap(({ marks }) => marks.map(asMark))) };
  }

  /** Marks that our own hand has rubbed out, until that is a fact or refused. */
  rub(marks: ReadonlySet<number>): void {
    this.rubbed = marks;
  }
}

/** A mark of a layer as it would be on a page. */
export function asMark({ number, body }: NewMark): [number, Mark] {
  return [number, { body, op: number, changes: [] }];
}
