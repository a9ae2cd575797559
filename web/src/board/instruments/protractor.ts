// The protractor: its arm says the angle; a pen is led along its base, and along the arm outside of it.
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
} from "./instrument";

const RADIUS = 280;
const EDGE = 14; // inside an edge: the pen, not the hand, is meant
const NEAR = 28;
const ARM = RADIUS + 60; // where the arm's knob is
const TURNER: Place = [-RADIUS / 2, -40];
const KNOB_REACH = 32;

export class Protractor implements Instrument {
  readonly pose = new Pose(960, 660);
  readonly element: SVGElement;
  /** Degrees between the right half of the base and the arm. */
  private arm = 60;
  private readonly line = draw("path", { class: "arm" });
  private readonly knob = draw("circle", { class: "knob", r: 22 });
  private readonly reading = figure("", 0, -70, 40);

  constructor() {
    const body = draw("path", { class: "body", d: `M${-RADIUS} 0A${RADIUS} ${RADIUS} 0 0 1 ${RADIUS} 0Z` });
    const marks = draw("path", { class: "ticks", d: ticks() });
    const turner = draw("circle", { class: "knob", cx: TURNER[0], cy: TURNER[1], r: 18 });
    const parts = [body, marks, ...figures(), this.line, turner, this.knob, this.reading];
    this.element = group("protractor", ...parts);
    this.show();
  }

  grab(at: Place): Drag | null {
    const here = this.pose.inside(at);
    if (far(here, ray(this.arm, ARM)) < KNOB_REACH) return (to) => this.swing(to);
    if (far(here, TURNER) < KNOB_REACH) {
      const turner = (Math.atan2(TURNER[1], TURNER[0]) * 180) / Math.PI;
      return (to) => {
        this.pose.angle = angleOf([this.pose.x, this.pose.y], to) - Math.round(turner);
        this.show();
      };
    }
    const held = here[1] < -EDGE && far(here, [0, 0]) < RADIUS;
    return held ? this.pose.dragging(at, () => this.show()) : null;
  }

  guide(at: Place): Guide | null {
    const [x, y] = this.pose.inside(at);
    if (Math.abs(x) < RADIUS + NEAR && y > -EDGE && y < NEAR) {
      return (to) => {
        const along = this.pose.inside(to)[0];
        return this.pose.outside([Math.max(-RADIUS, Math.min(RADIUS, along)), 0]);
      };
    }
    const [dx, dy] = ray(this.arm, 1);
    const beside = Math.abs(x * dy - y * dx);
    return beside < NEAR && x * dx + y * dy > RADIUS ? (to) => this.along(to) : null;
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

  private swing(to: Place): void {
    const [x, y] = this.pose.inside(to);
    const degrees = Math.round((Math.atan2(-y, x) * 180) / Math.PI);
    this.arm = degrees < -90 ? 180 : Math.max(0, degrees);
    this.show();
  }

  private along(to: Place): Place {
    const [x, y] = this.pose.inside(to);
    const [dx, dy] = ray(this.arm, 1);
    return this.pose.outside(ray(this.arm, Math.max(0, x * dx + y * dy)));
  }

  private show(): void {
    set(this.element, { transform: this.pose.transform });
    const [x, y] = ray(this.arm, ARM);
    set(this.line, { d: `M0 0L${x} ${y}` });
    set(this.knob, { cx: x, cy: y });
    this.reading.textContent = `${this.arm}°`;
  }
}

function ray(degrees: number, length: number): Place {
  const radians = (degrees * Math.PI) / 180;
  return [Math.cos(radians) * length, -Math.sin(radians) * length];
}

function ticks(): string {
  return Array.from({ length: 181 }, (_, degrees) => {
    const length = degrees % 10 === 0 ? 26 : degrees % 5 === 0 ? 18 : 10;
    const [from, to] = [ray(degrees, RADIUS), ray(degrees, RADIUS - length)];
    return `M${from.map((v) => v.toFixed(1)).join(" ")}L${to.map((v) => v.toFixed(1)).join(" ")}`;
  }).join("");
}

function figures(): SVGElement[] {
  return Array.from({ length: 17 }, (_, i) => {
    const [x, y] = ray(10 * (i + 1), RADIUS - 42);
    return figure(String(10 * (i + 1)), x, y + 6, 17);
  });
}
