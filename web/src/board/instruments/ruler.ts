// The ruler: moved by its middle, turned by its end; a pen near an edge runs along it.
import type { Place } from "../regular";
import {
  angleOf,
  draw,
  type Drag,
  far,
  figure,
  group,
  type Guide,
  type Instrument,
  Pose,
  set,
  STEP,
} from "./instrument";

const HALF = 480; // board pixels, of its length
const DEEP = 46; // and of its breadth
const EDGE = 14; // inside the edge: the pen, not the hand, is meant
const NEAR = 28; // outside the edge
const KNOB: Place = [HALF - 44, 0];
const KNOB_REACH = 30;

export class Ruler implements Instrument {
  readonly pose = new Pose(960, 640);
  readonly element: SVGElement;
  private readonly angle = figure("0°", 0, 8, 24);

  constructor() {
    const body = draw("rect", { class: "body", x: -HALF, y: -DEEP, width: 2 * HALF, height: 2 * DEEP });
    const knob = draw("circle", { class: "knob", cx: KNOB[0], cy: KNOB[1], r: 20 });
    const marks = draw("path", { class: "ticks", d: ticks() });
    this.element = group("ruler", body, marks, ...figures(), knob, this.angle);
    this.show();
  }

  grab(at: Place): Drag | null {
    const { pose } = this;
    const [x, y] = pose.inside(at);
    if (far([x, y], KNOB) < KNOB_REACH) {
      return (to) => {
        pose.angle = angleOf([pose.x, pose.y], to);
        this.show();
      };
    }
    const held = Math.abs(x) < HALF && Math.abs(y) < DEEP - EDGE;
    return held ? pose.dragging(at, () => this.show()) : null;
  }

  guide(at: Place): Guide | null {
    const [x, y] = this.pose.inside(at);
    const beside = Math.abs(y) - DEEP;
    if (Math.abs(x) > HALF + NEAR || beside < -EDGE || beside > NEAR) return null;
    const edge = Math.sign(y) * DEEP;
    return (to) => {
      const along = this.pose.inside(to)[0];
      return this.pose.outside([Math.max(-HALF, Math.min(HALF, along)), edge]);
    };
  }

  move(dx: number, dy: number): void {
    this.pose.x += dx;
    this.pose.y += dy;
    this.show();
  }

  turn(degrees: number): void {
    this.pose.angle += degrees;
    this.show();
  }

  private show(): void {
    set(this.element, { transform: this.pose.transform });
    this.angle.textContent = `${Math.abs(((this.pose.angle % 180) + 180) % 180)}°`;
  }
}

/** Tenths, halves and wholes, from the left end on. */
function ticks(): string {
  const [count, tenth] = [((2 * HALF) / STEP - 1) * 10, STEP / 10];
  return Array.from({ length: count + 1 }, (_, i) => {
    const length = i % 10 === 0 ? 22 : i % 5 === 0 ? 15 : 9;
    return `M${-HALF + STEP / 2 + i * tenth} ${-DEEP}v${length}`;
  }).join("");
}

function figures(): SVGElement[] {
  const count = (2 * HALF) / STEP;
  return Array.from({ length: count }, (_, i) => figure(String(i), -HALF + STEP / 2 + i * STEP, -6));
}
