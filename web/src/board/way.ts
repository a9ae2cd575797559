// The way of a pen, smoothed: spots in columns, used again for one stroke after the other.
import type { Rect } from "./bounds";
import { UNIT } from "./ink";

const FOLLOW = 0.745; // how far each spot goes towards the pen: smooth, and never behind it for long
const BETWEEN = 0.5; // the pressure of what is put between the two points of a short line
const PARTS = 4; // of a short line
const ASIDE = 1; // pixels right and down from a single point to its other end
const HARDEST = 31; // pressure as ink has it

export class Way {
  /** Spots there are; the columns may be longer, by what another stroke left in them. */
  count = 0;
  readonly x: number[] = [];
  readonly y: number[] = [];
  readonly pressure: number[] = [];
  /** One pixel towards the spot before. */
  readonly backX: number[] = [];
  readonly backY: number[] = [];
  /** Pixels from the beginning. */
  readonly along: number[] = [];
  private points = 0;
  private readonly px: number[] = [];
  private readonly py: number[] = [];
  private readonly pp: number[] = [];

  begin(): void {
    this.points = 0;
  }

  /** The pen came through here; x, y and pressure as ink has them. */
  pass(x: number, y: number, pressure: number): void {
    this.push(x / UNIT, y / UNIT, pressure / HARDEST);
  }

  /** That was all of it. */
  end(): void {
    const { px, py, pp, points } = this;
    if (points === 1) this.push(px[0] + ASIDE, py[0] + ASIDE, pp[0]);
    if (points !== 2) return;
    const [x, y] = [px[1] - px[0], py[1] - py[0]];
    this.points = 1;
    for (let n = 1; n <= PARTS; n++) {
      this.push(px[0] + (x * n) / PARTS, py[0] + (y * n) / PARTS, BETWEEN);
    }
  }

  private push(x: number, y: number, pressure: number): void {
    const n = this.points++;
    this.px[n] = x;
    this.py[n] = y;
    this.pp[n] = pressure;
  }

  /** The rectangle around all of it and as far beyond, in pixels. */
  bounds(reach: number): Rect {
    const { px, py } = this;
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let n = 0; n < this.points; n++) {
      if (px[n] < left) left = px[n];
      if (px[n] > right) right = px[n];
      if (py[n] < top) top = py[n];
      if (py[n] > bottom) bottom = py[n];
    }
    return [left - reach, top - reach, right + reach, bottom + reach];
  }

  /** What is nearer to the beginning than the pen is wide is left out. */
  smooth(size: number): void {
    const { px, py, points } = this;
    this.count = 0;
    if (!points) return;
    this.put(px[0], py[0], this.pp[0], 0);
    let [x, y, along] = [px[0], py[0], 0];
    for (let n = 1; n < points; n++) {
      const last = n === points - 1;
      const toX = last ? px[n] : x + (px[n] - x) * FOLLOW;
      const toY = last ? py[n] : y + (py[n] - y) * FOLLOW;
      if (toX === x && toY === y) continue;
      const step = Math.sqrt((x - toX) ** 2 + (y - toY) ** 2);
      along += step;
      if (this.count === 1 && !last && along < size) continue;
      this.backX[this.count] = (x - toX) / step;
      this.backY[this.count] = (y - toY) / step;
      this.put(toX, toY, this.pp[n], along);
      x = toX;
      y = toY;
    }
    this.backX[0] = this.count > 1 ? this.backX[1] : 0;
    this.backY[0] = this.count > 1 ? this.backY[1] : 0;
  }

  private put(x: number, y: number, pressure: number, along: number): void {
    const n = this.count++;
    this.x[n] = x;
    this.y[n] = y;
    this.pressure[n] = pressure;
    this.along[n] = along;
  }
}
