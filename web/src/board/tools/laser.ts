// The laser: shows where the hand is while it is over the board; kept nowhere.
import { UNIT } from "../ink";
import type { Sample } from "../resample";
import type { Kit, Tool } from "./tool";

const POINTER_EVERY_MS = 50;

export class Laser implements Tool {
  private pointedAt = 0;

  constructor(private readonly kit: Kit) {}

  down(sample: Sample): void {
    this.hover(sample);
  }

  move(samples: readonly Sample[]): void {
    this.hover(samples[samples.length - 1]);
  }

  up(): void {}

  cancel(): void {
    this.leave();
  }

  hover({ x, y }: Sample): void {
    const now = performance.now();
    if (now - this.pointedAt < POINTER_EVERY_MS) return;
    this.pointedAt = now;
    this.show(Math.max(0, Math.round(x * UNIT)), Math.max(0, Math.round(y * UNIT)));
  }

  leave(): void {
    if (!this.pointedAt) return;
    this.pointedAt = 0;
    this.show(-1, -1);
  }

  private show(x: number, y: number): void {
    this.kit.painter.point("own", x, y);
    this.kit.connection.show({ t: "pointer", x, y });
  }
}
