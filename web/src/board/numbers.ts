// Numbers for the marks we make: our seat, and a count that no page and no tab of ours has used.
import { SEAT } from "../channels/board";
import type { Store } from "../core/store";

const TAKEN_STEP = 1000; // another page of ours counted on while this one was not looking

export class Numbers {
  private count = 0;

  constructor(private readonly store: Store) {}

  next(): number {
    const { seat } = this.store;
    const kept = `synclass.strokes.${location.pathname}.${seat}`;
    if (!this.count) this.count = Math.max(this.highest(), Number(sessionStorage.getItem(kept) ?? 0));
    sessionStorage.setItem(kept, String(++this.count));
    return seat * SEAT + this.count;
  }

  /** A number was taken by another page of ours. */
  skip(): void {
    this.count += TAKEN_STEP;
  }

  private highest(): number {
    const { seat, states } = this.store;
    let highest = 0;
    for (const page of states.board.pages.values()) {
      for (const number of page.marks.keys()) {
        if (Math.floor(number / SEAT) === seat) highest = Math.max(highest, number % SEAT);
      }
    }
    for (const { marks } of states.layers.own) {
      for (const { number } of marks) {
        if (Math.floor(number / SEAT) === seat) highest = Math.max(highest, number % SEAT);
      }
    }
    return highest;
  }
}
