// What this screen looks at: the teacher leads with page and zoom, a classroom may look about freely.
import { type Signal, signal } from "@preact/signals";
import type { Store } from "../core/store";
import type { View } from "../wire.gen";
import { onPage, type Part, WHOLE, zoomed } from "./camera";
import { UNIT } from "./ink";

const STEP = 1.25; // of a button or key

export class Lens {
  /** Looking about on one's own: what the teacher shows is followed no more. */
  readonly free = signal(false);
  /** One's own page meanwhile. */
  readonly page: Signal<number | null> = signal(null);
  readonly part: Signal<Part> = signal(WHOLE);
  /** Whether the next change of it was the teacher's, and may glide. */
  glides = false;

  private readonly deaf: () => void;

  /** ``lead`` shows the others what is on this screen; absent where it only follows. */
  constructor(
    private readonly store: Store,
    private readonly lead?: (view: View) => void,
  ) {
    this.deaf = store.onFact((fact) => {
      if (fact.t === "page.removed" && fact.page === this.page.value) this.follow();
    });
  }

  destroy(): void {
    this.deaf();
  }

  get leads(): boolean {
    return this.lead !== undefined;
  }

  get zoomed(): boolean {
    return this.part.value.width < WHOLE.width;
  }

  /** The page that is looked at. */
  get front(): number {
    return this.page.value ?? this.store.states.pages.current;
  }

  zoom(factor: number, x?: number, y?: number): void {
    const part = this.part.value;
    const middle = [part.x + part.width / 2, part.y + (part.width * 9) / 32];
    this.set(zoomed(part, factor, x ?? middle[0], y ?? middle[1]));
  }

  step(by: 1 | -1): void {
    this.zoom(STEP ** by);
  }

  /** Move over the board by some of its pixels. */
  pan(x: number, y: number): void {
    const part = this.part.value;
    this.set(onPage({ ...part, x: part.x + x, y: part.y + y }));
  }

  whole(): void {
    if (this.leads || this.free.value) this.set(WHOLE);
  }

  /** Look at another page; who leads turns it for all, and not here. */
  turn(by: number): void {
    const { order } = this.store.states.pages;
    const page = order[order.indexOf(this.front) + by];
    if (page !== undefined) this.roam(page, WHOLE);
  }

  roam(page = this.front, part = this.part.value): void {
    this.glides = false;
    this.free.value = true;
    this.page.value = page;
    this.part.value = part;
  }

  /** Back to what the teacher shows. */
  follow(): void {
    this.free.value = false;
    this.page.value = null;
    this.see(this.store.states.gaze.view);
  }

  /** The teacher has this part on the screen. */
  see({ x, y, width }: View): void {
    if (this.free.value) return;
    this.glides = true;
    this.part.value = onPage({ x: x / UNIT, y: y / UNIT, width: width / UNIT });
  }

  private set(part: Part): void {
    if (!this.lead) return this.roam(this.front, part);
    this.glides = false;
    this.part.value = part;
    const [x, y, width] = [part.x, part.y, part.width].map((pixels) => Math.round(pixels * UNIT));
    this.lead({ t: "view", x, y, width });
  }
}
