// What moves on the board, on a canvas of its own: strokes being written, and pointers.
import type { Pen } from "../wire.gen";
import { around, boundsOf, type Rect } from "./bounds";
import { type Point, UNIT } from "./ink";
import { paintPieces, pointsBounds, rest } from "./outline";
import type { Colours } from "./paper";
import type { View } from "./layer";
import type { Look } from "./look";
import { paintMark } from "./marks";

const POINTER_FADES_MS = 1500;
const POINTER_SIZE = 14; // board pixels: seen from the back row
const HALO = 4;

export interface Pointing {
  x: number;
  y: number;
  at: number;
}

export type Reach = readonly [x: number, y: number, radius: number];

export class Moving {
  /** Of our own eraser, while it is over the board. */
  reach: Reach | null = null;
  readonly canvas = document.createElement("canvas");
  private readonly ctx: CanvasRenderingContext2D;
  private readonly pointers = new Map<string, Pointing>();
  private inked: Rect | null = null;

  constructor(private readonly colours: Colours) {
    // Past the compositor where the system allows it: ink is nearer to the pen by a frame or two.
    this.ctx = this.canvas.getContext("2d", { desynchronized: true }) as CanvasRenderingContext2D;
  }

  get pointing(): boolean {
    return this.pointers.size > 0;
  }

  resize(width: number, height: number): void {
    Object.assign(this.canvas, { width, height });
    this.inked = null;
  }

  /** Somebody points at the board, in quarter pixels; x < 0 lifts the pointer. */
  point(who: string, x: number, y: number, at: number): void {
    if (x < 0) this.pointers.delete(who);
    else this.pointers.set(who, { x: x / UNIT, y: y / UNIT, at });
  }

  /** Clear what was painted last, and no more: most of the board is never touched. */
  clear({ scale, x, y }: View): void {
    this.ctx.setTransform(scale, 0, 0, scale, x, y);
    if (!this.inked) return;
    const [left, top, right, bottom] = this.inked;
    this.ctx.clearRect(left, top, right - left, bottom - top);
    this.inked = null;
  }

  paintStroke(pen: Pen, points: readonly Point[], cuts: readonly number[]): void {
    if (!points.length) return;
    this.inked = around(this.inked, pointsBounds(pen, points));
    paintPieces(this.ctx, pen, rest(points, cuts), this.colours.inks);
  }

  paintLook(look: Look): void {
    this.inked = around(this.inked, boundsOf(look));
    paintMark(this.ctx, look, this.colours.inks);
  }

  paintReach(): void {
    if (!this.reach) return;
    const { ctx } = this;
    const [x, y, radius] = this.reach;
    const all = radius + HALO;
    this.inked = around(this.inked, [x - all, y - all, x + all, y + all]);
    ctx.strokeStyle = this.colours.inks[7];
    ctx.lineWidth = 2;
    ctx.beginPath();
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
    ctx.stroke();
  }

  paintPointers(now: number): void {
    for (const [who, pointer] of this.pointers) {
      const left = 1 - (now - pointer.at) / POINTER_FADES_MS;
      if (left <= 0) this.pointers.delete(who);
      else this.paintPointer(pointer, Math.min(1, left * 2));
    }
  }

  private paintPointer({ x, y }: Pointing, alpha: number): void {
    const { ctx } = this;
    const reach = POINTER_SIZE + HALO;
    this.inked = around(this.inked, [x - reach, y - reach, x + reach, y + reach]);
    ctx.globalAlpha = alpha;
    ctx.fillStyle = this.colours.inks[1];
    ctx.strokeStyle = this.colours.paper;
    ctx.lineWidth = HALO;
    ctx.beginPath();
    ctx.arc(x, y, POINTER_SIZE, 0, 2 * Math.PI);
    ctx.fill();
    ctx.stroke();
    ctx.globalAlpha = 1;
  }
}
