// What the class is shown beside the page itself: pointers, spotlight, curtain, the teacher's view.
import { type Signal, signal } from "@preact/signals";
import { fold, fresh, type Gaze, type Sight, see } from "../channels/gaze";
import type { Store } from "../core/store";
import type { Fact } from "../wire.gen";

const APART_MS = 50; // between two glimpses of one kind: twenty a second, and the last one always

export interface Watcher {
  point(who: string, x: number, y: number): unknown;
  look(view: Gaze["view"]): void;
}

export class Sights {
  /** The lesson's gaze, and what was glimpsed since it was last kept. */
  readonly gaze: Signal<Gaze> = signal(fresh());
  private readonly due = new Map<string, Sight>();
  private readonly sentAt = new Map<string, number>();
  private timer = 0;
  private readonly deaf: (() => void)[];

  /** ``send`` tells the others; absent where nobody is told. */
  constructor(
    private readonly store: Store,
    private readonly watcher: Watcher,
    private readonly send?: (sight: Sight) => void,
  ) {
    this.deaf = [
      store.onFact((fact) => this.heard(fact)),
      store.onReplaced(() => this.restart()),
    ];
    this.restart();
  }

  destroy(): void {
    clearTimeout(this.timer);
    for (const undo of this.deaf) undo();
  }

  /** Somebody else shows something. */
  see(who: string, sight: Sight): void {
    const gaze = { ...this.gaze.value };
    see(gaze, who, sight);
    this.gaze.value = gaze;
    if (sight.t === "pointer") this.watcher.point(who, sight.x, sight.y);
    if (sight.t === "view") this.watcher.look(sight);
  }

  /** Our own hand shows something: seen here at once, and by the others soon. */
  show(sight: Sight): void {
    const gaze = { ...this.gaze.value };
    see(gaze, "own", sight);
    this.gaze.value = gaze;
    this.due.set(sight.t, sight);
    this.flush();
  }

  private flush(): void {
    const now = performance.now();
    for (const [kind, sight] of this.due) {
      if (now - (this.sentAt.get(kind) ?? -APART_MS) < APART_MS) continue;
      this.sentAt.set(kind, now);
      this.due.delete(kind);
      this.send?.(sight);
    }
    clearTimeout(this.timer);
    if (this.due.size) this.timer = window.setTimeout(() => this.flush(), APART_MS);
  }

  private heard(fact: Fact): void {
    if (fact.t === "gaze.seen") {
      if (!this.send || fact.who !== this.store.you.value?.id) this.see(fact.who, fact.sight);
    } else if (fact.t === "page.turned" || fact.t === "lesson.ended" || fact.t === "lesson.left") {
      const gaze = { ...this.gaze.value, pointers: new Map(this.gaze.value.pointers) };
      fold(gaze, fact, 0);
      this.gaze.value = gaze;
      if (fact.t === "page.turned") this.watcher.look(gaze.view);
    }
  }

  private restart(): void {
    const { gaze } = this.store.states;
    this.gaze.value = { ...gaze, pointers: new Map(gaze.pointers) };
    this.watcher.look(gaze.view);
  }
}
