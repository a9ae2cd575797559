// The compasses: the needle is moved, a knob opens them, and a pen put to their pencil draws an arc.
import type { Place } from "../regular";
import {
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

const LEG = 340; // board pixels
const WIDEST = 2 * LEG - 40;
const NARROWEST = 20;
const REACH = 34; // of a finger, around needle, pencil, hinge and knob
const KNOB = 0.45; // where on the pencil's leg the knob is, from the hinge

export class Compasses implements Instrument {
  readonly pose = new Pose(820, 700);
  readonly element: SVGElement;
  private radius = 3 * STEP;
  private readonly legs = draw("path", { class: "legs" });
  private readonly needle = draw("circle", { class: "needle", r: 7 });
  private readonly pencil = draw("circle", { class: "pencil", r: 10 });
  private readonly hinge = draw("circle", { class: "knob", r: 24 });
  private readonly knob = draw("circle", { class: "knob", r: 20 });
  private readonly reading = figure("", 0, 0, 28);

  constructor() {
    const parts = [this.legs, this.needle, this.pencil, this.hinge, this.knob, this.reading];
    this.element = group("compasses", ...parts);
    this.show();
  }

  grab(at: Place): Drag | null {
    if (far(at, this.knobAt) < REACH) {
      const [dx, dy] = [this.tip[0] - at[0], this.tip[1] - at[1]];
      return ([x, y]) => this.open([x + dx, y + dy]);
    }
    const held = far(at, [this.pose.x, this.pose.y]) < REACH || far(at, this.top) < REACH;
    return held ? this.pose.dragging(at, () => this.show()) : null;
  }

  guide(at: Place): Guide | null {
    if (far(at, this.tip) > REACH) return null;
    return ([x, y]) => {
      this.pose.angle = (Math.atan2(y - this.pose.y, x - this.pose.x) * 180) / Math.PI;
      this.show();
      return this.tip;
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

  private open([x, y]: Place): void {
    const { pose } = this;
    pose.angle = (Math.atan2(y - pose.y, x - pose.x) * 180) / Math.PI;
    const radius = Math.hypot(x - pose.x, y - pose.y);
    const tenth = STEP / 10;
    this.radius = Math.round(Math.max(NARROWEST, Math.min(WIDEST, radius)) / tenth) * tenth;
    this.show();
  }

  private get tip(): Place {
    return this.pose.outside([this.radius, 0]);
  }

  /** The hinge stands above the middle, on whichever side is up. */
  private get top(): Place {
    const height = Math.sqrt(LEG * LEG - (this.radius * this.radius) / 4);
    const up = Math.cos((this.pose.angle * Math.PI) / 180) < 0 ? 1 : -1;
    return this.pose.outside([this.radius / 2, up * height]);
  }

  private get knobAt(): Place {
    const [[ax, ay], [bx, by]] = [this.top, this.tip];
    return [ax + (bx - ax) * KNOB, ay + (by - ay) * KNOB];
  }

  private show(): void {
    const [tip, top, knob] = [this.tip, this.top, this.knobAt];
    set(this.legs, { d: `M${this.pose.x} ${this.pose.y}L${top.join(" ")}L${tip.join(" ")}` });
    set(this.needle, { cx: this.pose.x, cy: this.pose.y });
    set(this.pencil, { cx: tip[0], cy: tip[1] });
    set(this.hinge, { cx: top[0], cy: top[1] });
    set(this.knob, { cx: knob[0], cy: knob[1] });
    set(this.reading, { x: top[0], y: top[1] - 36 });
    this.reading.textContent = `r = ${(this.radius / STEP).toFixed(1)}`;
  }
}
