// What our hand has selected on the page in front, and what can be done to it as a whole.
import { type Signal, signal } from "@preact/signals";
import { copiesOf, moved } from "./copies";
import { extentOf, type Frame, frameOf } from "./extent";
import { ours } from "./find";
import type { Body, Edit, Look, Matrix } from "./look";
import type { Kit } from "./tools/tool";

const BESIDE = 160; // units: where a copy lies beside what it was made of
const MOST = 2000; // marks at once, as the lesson has it

/** What was copied last, in this window: it may be pasted on any page. */
const clip: { bodies: Body[]; page: number; times: number } = { bodies: [], page: 0, times: 0 };

export class Selection {
  readonly marks: Signal<readonly number[]> = signal([]);
  /** Whether there is something to paste. */
  readonly copied = signal(clip.bodies.length > 0);

  constructor(private readonly kit: Pick<Kit, "acts" | "connection">) {}

  /** Those selected that can be seen and changed, as they look now. */
  looks(): Map<number, Look> {
    return ours(this.kit, this.marks.value);
  }

  frame(): Frame | null {
    const points = [...this.looks().values()].flatMap((look) => extentOf(look).points);
    return points.length ? frameOf(points) : null;
  }

  select(marks: readonly number[]): void {
    this.marks.value = marks.slice(0, MOST);
  }

  all(): void {
    this.select([...ours(this.kit).keys()]);
  }

  edit(edit: Edit): void {
    this.kit.acts.edit([...this.looks().keys()], edit);
  }

  place(by: Matrix): void {
    this.edit({ t: "place", by: [...by] });
  }

  /** What a movement of the hand would do to it if it ended now. */
  imagine(by: Matrix | null): void {
    const marks = by ? [...this.looks().keys()] : [];
    this.kit.acts.imagine(marks, by && { t: "place", by: [...by] });
  }

  tint(colour: number): void {
    this.edit({ t: "tint", colour });
  }

  remove(): void {
    this.edit({ t: "hide" });
    this.select([]);
  }

  copy(): void {
    const bodies = [...this.looks().values()].flatMap(copiesOf);
    if (!bodies.length) return;
    Object.assign(clip, { bodies, page: this.kit.acts.page, times: 0 });
    this.copied.value = true;
  }

  /** On its own page a copy lies beside what it is of, on another page where that was. */
  paste(): void {
    const by = BESIDE * (clip.page === this.kit.acts.page ? ++clip.times : clip.times++);
    this.put(clip.bodies, by);
  }

  /** What was copied before stays copied. */
  double(): void {
    this.put([...this.looks().values()].flatMap(copiesOf), BESIDE);
  }

  private put(bodies: readonly Body[], by: number): void {
    if (!bodies.length) return;
    this.select(this.kit.acts.put(bodies.slice(0, MOST).map((body) => moved(body, by, by))));
  }
}
