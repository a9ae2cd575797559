// The corners of a stroke's outline, as perfect-freehand has them; twin of recorder/paper/outline.py.
import type { Way } from "./way";

const THINNEST = 0.01; // pixels
const APART = 0.5; // of the width: corners of a side that are nearer to one another are left out
const TAIL = 3; // pixels before the end whose spots are passed over: the end is round
const [DENSEST, SPARSEST] = [0.6, 2]; // pixels between corners: a round is true to a tenth of one
const HALF = Math.PI + 1e-4; // half a turn and a hair more, so that a cap closes
const EVEN = 0.5; // a pressure that neither adds nor takes

/** Cosine and sine, in turn, of each step of a turn. */
type Turn = readonly number[];

const DOT = turn(2, 13);
const START = turn(1, 13);
const TIP = turn(3, 29); // a turn and a half: once around, and on to the other side
const BEND = [1, 0, ...turn(1, 13)];
const BEND_BACK = BEND.map((part, i) => (i % 2 ? -part : part));

/** Goes once around a pen's way; one is used for all strokes, for a page has thousands. */
export class Corners {
  /** x and y in turn, in pixels; as many as an eye can tell. */
  found: number[] = [];
  private readonly right: number[] = [];
  private x = 0;
  private y = 0;
  private near = 0;
  private apart = 0;
  /** The last corner kept on either side, and one pixel back along the way. */
  private leftX = 0;
  private leftY = 0;
  private rightX = 0;
  private rightY = 0;
  private backX = 0;
  private backY = 0;
  private sharp = false;

  /** ``thinning`` is how much of the width the pressure decides. */
  goAround(way: Way, width: number, thinning: number): void {
    this.begin(way, width);
    const { count, x, y, pressure, along } = way;
    const radiusAt = (n: number) => Math.max(THINNEST, width * (0.5 - thinning * (EVEN - pressure[n])));
    if (count === 1) {
      const aside = radiusAt(0) * Math.SQRT1_2;
      this.turn(x[0], y[0], aside, -aside, DOT);
    }
    if (count < 2) return;
    for (let n = 0; n < count - 1 && along[count - 1] - along[n] >= TAIL; n++) {
      this.passBy(way, n, radiusAt(n));
    }
    this.finish(way, radiusAt(count - 1));
    this.goBack(x[0], y[0]);
  }

  private begin({ x, y, backX, backY }: Way, width: number): void {
    this.found = [];
    this.right.length = 0;
    this.x = this.y = Infinity;
    this.near = Math.min(SPARSEST, Math.max(DENSEST, width / 6)) ** 2;
    this.apart = (width * APART) ** 2;
    this.leftX = this.rightX = x[0];
    this.leftY = this.rightY = y[0];
    this.backX = backX[0];
    this.backY = backY[0];
    this.sharp = false;
  }

  private passBy(way: Way, n: number, radius: number): void {
    const [x, y, backX, backY] = [way.x[n], way.y[n], way.backX[n], way.backY[n]];
    const [thenX, thenY] = [way.backX[n + 1], way.backY[n + 1]];
    const turn = backX * thenX + backY * thenY;
    if (turn < 0 || this.bends(backX, backY)) {
      this.bend(x, y, radius);
      this.sharp = turn < 0;
      return;
    }
    this.sharp = false;
    const acrossX = (thenY + (backY - thenY) * turn) * radius;
    const acrossY = -(thenX + (backX - thenX) * turn) * radius;
    this.onTheLeft(n, x - acrossX, y - acrossY);
    this.onTheRight(n, x + acrossX, y + acrossY);
    this.backX = backX;
    this.backY = backY;
  }

  private onTheLeft(n: number, x: number, y: number): void {
    if (n > 1 && (this.leftX - x) ** 2 + (this.leftY - y) ** 2 <= this.apart) return;
    this.add(x, y);
    this.leftX = x;
    this.leftY = y;
  }

  private onTheRight(n: number, x: number, y: number): void {
    if (n > 1 && (this.rightX - x) ** 2 + (this.rightY - y) ** 2 <= this.apart) return;
    this.right.push(x, y);
    this.rightX = x;
    this.rightY = y;
  }

  /** The last spot, and around it to the other side. */
  private finish({ x, y, backX, backY, count }: Way, radius: number): void {
    const n = count - 1;
    const [acrossX, acrossY] = [backY[n] * radius, -backX[n] * radius];
    if (this.bends(backX[n], backY[n])) this.bend(x[n], y[n], radius);
    else {
      this.add(x[n] - acrossX, y[n] - acrossY);
      this.right.push(x[n] + acrossX, y[n] + acrossY);
    }
    this.turn(x[n], y[n], -acrossX, -acrossY, TIP);
  }

  /** Along the right side, and around the beginning. */
  private goBack(x: number, y: number): void {
    const { right } = this;
    for (let i = right.length - 2; i >= 0; i -= 2) this.add(right[i], right[i + 1]);
    this.turn(x, y, right[0] - x, right[1] - y, START);
  }

  /** Whether the way has turned back since the spot before. */
  private bends(backX: number, backY: number): boolean {
    return !this.sharp && backX * this.backX + backY * this.backY < 0;
  }

  /** Both sides go around the spot where the way turns back. */
  private bend(x: number, y: number, radius: number): void {
    const [acrossX, acrossY] = [this.backY * radius, -this.backX * radius];
    [this.leftX, this.leftY] = this.turn(x, y, -acrossX, -acrossY, BEND);
    for (let i = 0; i < BEND_BACK.length; i += 2) {
      const [cos, sin] = [BEND_BACK[i], BEND_BACK[i + 1]];
      this.rightX = x + acrossX * cos - acrossY * sin;
      this.rightY = y + acrossX * sin + acrossY * cos;
      this.right.push(this.rightX, this.rightY);
    }
  }

  /** Around a place, from beside it; says where that ends. */
  private turn(x: number, y: number, dx: number, dy: number, turn: Turn): [number, number] {
    let [toX, toY] = [x, y];
    for (let i = 0; i < turn.length; i += 2) {
      const [cos, sin] = [turn[i], turn[i + 1]];
      toX = x + dx * cos - dy * sin;
      toY = y + dx * sin + dy * cos;
      this.add(toX, toY);
    }
    return [toX, toY];
  }

  /** One that no eye would miss is left out: a round end has forty. */
  private add(x: number, y: number): void {
    if ((x - this.x) ** 2 + (y - this.y) ** 2 < this.near) return;
    this.found.push(x, y);
    this.x = x;
    this.y = y;
  }
}

function turn(halves: number, steps: number): Turn {
  const angles = Array.from({ length: steps }, (_, n) => (HALF * halves * (n + 1)) / steps);
  return angles.flatMap((angle) => [Math.cos(angle), Math.sin(angle)]);
}
