// The eraser for whole marks: whatever it touches is gone, ink and words and pictures.
import { touches } from "../find";
import { UNIT } from "../ink";
import type { Sample } from "../resample";
import { REACH, Rubber } from "./eraser";

const MOST_MARKS = 1900; // of one act; the lesson takes 2000

export class Wiper extends Rubber {
  private readonly wiped = new Set<number>();

  protected rub(from: Sample, to: Sample): void {
    const steps = Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / REACH) || 1;
    for (const [number, look] of this.near(from, to)) {
      for (let i = 0; i <= steps && !this.wiped.has(number); i++) {
        const [x, y] = [from.x + ((to.x - from.x) * i) / steps, from.y + ((to.y - from.y) * i) / steps];
        if (touches(look, [x * UNIT, y * UNIT], REACH * UNIT)) this.wiped.add(number);
      }
    }
  }

  protected imagine(): void {
    this.kit.acts.imagine([...this.wiped], this.wiped.size ? { t: "hide" } : null);
    if (this.wiped.size > MOST_MARKS) this.act();
  }

  protected act(): void {
    if (this.wiped.size) this.kit.acts.edit([...this.wiped], { t: "hide" });
    this.forget();
  }

  protected forget(): void {
    this.wiped.clear();
  }
}
