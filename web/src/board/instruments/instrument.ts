// What a ruler, a protractor and compasses have in common: a place, a way to be held, and to lead a pen.
import { FONT } from "../words";
import type { Place } from "../regular";

export const STEP = 60; // board pixels to one: as on axes and squared paper
const NS = "http://www.w3.org/2000/svg";
const UPRIGHT = 1.5; // degrees: so near to a multiple of fifteen it is that
const TURN = 15;

/** Moves what is held to where the hand is. */
export type Drag = (to: Place) => void;
/** Where the pen draws while the hand is there. */
export type Guide = (at: Place) => Place;

export interface Instrument {
  readonly element: SVGElement;
  /** What a hand put down here takes hold of. */
  grab(at: Place): Drag | null;
  /** Where a pen put down here is led along. */
  guide(at: Place): Guide | null;
  move(dx: number, dy: number): void;
  turn(degrees: number): void;
}

/** Where an instrument lies, in board pixels, and how it is turned, in degrees. */
export class Pose {
  constructor(
    public x: number,
    public y: number,
    public angle = 0,
  ) {}

  inside([x, y]: Place): Place {
    const [sin, cos] = this.turned;
    const [dx, dy] = [x - this.x, y - this.y];
    return [dx * cos + dy * sin, dy * cos - dx * sin];
  }

  outside([x, y]: Place): Place {
    const [sin, cos] = this.turned;
    return [this.x + x * cos - y * sin, this.y + x * sin + y * cos];
  }

  get transform(): string {
    return `translate(${this.x} ${this.y}) rotate(${this.angle})`;
  }

  /** A drag that keeps under the hand what the hand took. */
  dragging(from: Place, moved: () => void): Drag {
    const [dx, dy] = [this.x - from[0], this.y - from[1]];
    return ([x, y]) => {
      this.x = x + dx;
      this.y = y + dy;
      moved();
    };
  }

  private get turned(): [number, number] {
    const radians = (this.angle * Math.PI) / 180;
    return [Math.sin(radians), Math.cos(radians)];
  }
}

/** Degrees from one place to another; what is nearly a multiple of fifteen is that. */
export function angleOf([x, y]: Place, [toX, toY]: Place): number {
  const degrees = (Math.atan2(toY - y, toX - x) * 180) / Math.PI;
  const nearest = Math.round(degrees / TURN) * TURN;
  return Math.abs(degrees - nearest) < UPRIGHT ? nearest : Math.round(degrees * 2) / 2;
}

export function far([ax, ay]: Place, [bx, by]: Place): number {
  return Math.hypot(ax - bx, ay - by);
}

export function group(name: string, ...children: SVGElement[]): SVGElement {
  const element = document.createElementNS(NS, "g");
  element.setAttribute("class", `instrument ${name}`);
  element.append(...children);
  return element;
}

export function draw(name: string, values: Record<string, string | number>): SVGElement {
  const element = document.createElementNS(NS, name);
  return set(element, values);
}

export function set(element: SVGElement, values: Record<string, string | number>): SVGElement {
  for (const [key, value] of Object.entries(values)) element.setAttribute(key, String(value));
  return element;
}

export function figure(text: string, x: number, y: number, size = 20): SVGElement {
  const place = { x, y, "font-size": size, "font-family": FONT, "text-anchor": "middle" };
  const element = draw("text", place);
  element.textContent = text;
  return element;
}
