// What has a name on the page that is looked at: boxes of classrooms, and layers that are shown.
import { type Signal, signal } from "@preact/signals";
import type { Box } from "../channels/board";
import type { Store } from "../core/store";
import type { Lens } from "./lens";

export interface Labelled {
  boxes: { name: string; area: Box; ours: boolean }[];
  /** Whose layers are shown to all. */
  shown: string[];
}

const NAMED = /^(box|layer|page|lesson)\./; // facts after which other names may stand there

export class Labels {
  readonly seen: Signal<Labelled> = signal({ boxes: [], shown: [] });
  private readonly deaf: (() => void)[];

  constructor(
    private readonly store: Store,
    private readonly lens: Lens,
  ) {
    this.deaf = [
      store.onFact((fact) => NAMED.test(fact.t) && this.look()),
      store.onReplaced(() => this.look()),
      lens.page.subscribe(() => this.look()),
    ];
  }

  destroy(): void {
    for (const undo of this.deaf) undo();
  }

  private look(): void {
    const { board, layers } = this.store.states;
    const page = this.lens.front;
    const you = this.store.you?.peek()?.id;
    const boxes = [...board.boxes.values()].filter((box) => box.page === page);
    const shown = layers.shown.filter((layer) => layer.page === page);
    this.seen.value = {
      boxes: boxes.map(({ who, area }) => ({ name: this.nameOf(who), area, ours: who === you })),
      shown: shown.map(({ who }) => this.nameOf(who)),
    };
  }

  private nameOf(who: string): string {
    const { conduct, attendance } = this.store.states;
    return conduct.present.get(who)?.name ?? attendance.people.get(who)?.name ?? who;
  }
}
