// Words and notes: a tap begins them or takes up those that are there, a movement says how wide.
import { bodyAt } from "../find";
import type { Place } from "../regular";
import type { Sample } from "../resample";
import type { Kit, Tool } from "./tool";

const TAP = 12; // board pixels

export class Lettering implements Tool {
  private from: Place | null = null;
  private to: Place = [0, 0];

  constructor(
    private readonly kit: Kit,
    private readonly note: boolean,
  ) {}

  /** A tap beside a field that is open closes it, and no more. */
  down({ x, y }: Sample): void {
    this.from = this.kit.field.isOpen ? null : [x, y];
    this.to = [x, y];
    this.kit.field.close();
  }

  move(samples: readonly Sample[]): void {
    const { x, y } = samples[samples.length - 1];
    this.to = [x, y];
  }

  up(): void {
    const from = this.from;
    this.from = null;
    if (!from) return;
    const width = this.to[0] - from[0];
    const there = Math.abs(width) < TAP ? bodyAt(this.kit, from, "text") : null;
    if (there !== null) this.kit.field.edit(there);
    else this.kit.field.begin([Math.min(from[0], this.to[0]), from[1]], Math.abs(width) < TAP ? 0 : Math.abs(width), this.note);
  }

  cancel(): void {
    this.from = null;
  }

  away(): void {
    this.kit.field.close();
  }
}
