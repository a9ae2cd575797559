// The frame around what is selected, with its handles; and the loop that is being drawn.
import type { Frame } from "./extent";
import { UNIT } from "./ink";
import type { Place } from "./regular";

const NS = "http://www.w3.org/2000/svg";
const AROUND = 14; // board pixels between marks and their frame
const HANDLE = 13; // board pixels: radius of what is seen of a handle
const REACH = 34; // and of what a finger may touch
const STALK = 52; // board pixels from the frame to the handle that turns

export type Corner = 0 | 1 | 2 | 3;

export class FrameView {
  private readonly svg = document.createElementNS(NS, "svg");
  private readonly loop = this.add("path", "loop");
  private readonly box = this.add("rect", "box");
  private readonly stalk = this.add("path", "stalk");
  private readonly turner = this.add("circle", "handle turner");
  private readonly handles = [0, 1, 2, 3].map(() => this.add("circle", "handle"));
  private frame: Frame | null = null;

  constructor(host: HTMLElement) {
    this.svg.setAttribute("viewBox", "0 0 1920 1080");
    this.svg.setAttribute("class", "selection");
    host.append(this.svg);
    this.show(null);
  }

  /** In units; null where nothing is selected. */
  show(frame: Frame | null): void {
    this.frame = frame && roomy(frame);
    const parts = [this.box, this.stalk, this.turner, ...this.handles];
    for (const part of parts) part.toggleAttribute("hidden", !frame);
    if (!this.frame) return;
    const [x, y, right, bottom] = this.frame;
    set(this.box, { x, y, width: right - x, height: bottom - y });
    const [tx, ty] = turnerOf(this.frame);
    set(this.turner, { cx: tx, cy: ty, r: HANDLE });
    set(this.stalk, { d: `M${tx} ${ty}V${ty < y ? y : bottom}` });
    corners(this.frame).forEach(([cx, cy], i) => set(this.handles[i], { cx, cy, r: HANDLE }));
  }

  draw(loop: readonly Place[]): void {
    const d = loop.map(([x, y], i) => `${i ? "L" : "M"}${x} ${y}`).join("");
    set(this.loop, { d: loop.length > 1 ? `${d}Z` : "" });
  }

  /** The handle at a place; inside a small frame moving it comes first. */
  cornerAt([x, y]: Place): Corner | null {
    if (!this.frame || (this.holds([x, y]) && this.isSmall)) return null;
    const at = corners(this.frame).findIndex(([cx, cy]) => Math.hypot(cx - x, cy - y) < REACH);
    return at < 0 ? null : (at as Corner);
  }

  turnsAt([x, y]: Place): boolean {
    if (!this.frame) return false;
    const [tx, ty] = turnerOf(this.frame);
    return Math.hypot(tx - x, ty - y) < REACH;
  }

  holds([x, y]: Place): boolean {
    if (!this.frame) return false;
    const [left, top, right, bottom] = this.frame;
    return x >= left && x <= right && y >= top && y <= bottom;
  }

  private get isSmall(): boolean {
    const [left, top, right, bottom] = this.frame ?? [0, 0, 0, 0];
    return Math.min(right - left, bottom - top) < 3 * REACH;
  }

  private add(name: string, kind: string): SVGElement {
    const element = document.createElementNS(NS, name) as SVGElement;
    element.setAttribute("class", kind);
    this.svg.append(element);
    return element;
  }
}

/** Clockwise from the upper left: the one across is two further. */
export function corners([left, top, right, bottom]: Frame): Place[] {
  return [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ];
}

/** Above the middle; below it where there is no room above. */
function turnerOf([left, top, right, bottom]: Frame): Place {
  return [(left + right) / 2, top > STALK + HANDLE ? top - STALK : bottom + STALK];
}

/** In board pixels, with some room around. */
function roomy([left, top, right, bottom]: Frame): Frame {
  return [left / UNIT - AROUND, top / UNIT - AROUND, right / UNIT + AROUND, bottom / UNIT + AROUND];
}

function set(element: SVGElement, values: Record<string, number | string>): void {
  for (const [name, value] of Object.entries(values)) element.setAttribute(name, String(value));
}
