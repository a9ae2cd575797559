// Zooming and moving over the board: wheel, two fingers, the middle button, keys.
import type { Lens } from "./lens";

const WHEEL = 0.002; // of a factor for each pixel that a wheel turns: three notches double
const PINCH = 0.01; // the same where a touchpad reports a pinch as a wheel, in small steps
const LINE = 16; // pixels of a line, where a wheel counts in lines
const KEY_STEP = 0.1; // of what is seen, for an arrow key

interface Spot {
  x: number;
  y: number;
}

export interface Ground {
  readonly sheet: HTMLElement;
  boardPoint(clientX: number, clientY: number): [number, number];
}

export class Gestures {
  private readonly fingers = new Map<number, Spot>();
  private dragging: number | null = null;
  private readonly undo: (() => void)[] = [];

  /** ``hand`` says whether one is at work, or may be: then one pointer writes; and what is a palm. */
  constructor(
    private readonly ground: Ground,
    private readonly lens: Lens,
    private readonly hand: {
      busy: () => boolean;
      allowed: () => boolean;
      isPalm: (event: PointerEvent) => boolean;
    },
    keys: boolean,
  ) {
    this.listen("wheel", (event) => this.wheel(event as WheelEvent));
    this.listen("pointerdown", (event) => this.down(event as PointerEvent));
    this.listen("pointermove", (event) => this.move(event as PointerEvent));
    for (const name of ["pointerup", "pointercancel"]) {
      this.listen(name, (event) => this.up(event as PointerEvent));
    }
    const key = (event: KeyboardEvent) => this.key(event);
    if (keys) window.addEventListener("keydown", key);
    this.undo.push(() => window.removeEventListener("keydown", key));
  }

  destroy(): void {
    for (const undo of this.undo) undo();
  }

  private listen(name: string, act: (event: Event) => void): void {
    const { sheet } = this.ground;
    sheet.addEventListener(name, act, { passive: false });
    this.undo.push(() => sheet.removeEventListener(name, act));
  }

  /** Board pixels to a pixel of the screen. */
  private get scale(): number {
    return this.lens.part.value.width / this.ground.sheet.clientWidth;
  }

  private wheel(event: WheelEvent): void {
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1;
    const [across, down] = [event.deltaX * unit, event.deltaY * unit];
    if (event.ctrlKey) {
      const speed = Math.abs(down) < 50 ? PINCH : WHEEL;
      this.lens.zoom(Math.exp(-down * speed), ...this.ground.boardPoint(event.clientX, event.clientY));
    } else if (this.lens.zoomed) {
      this.lens.pan(...([across, down].map((by) => by * this.scale) as [number, number]));
    } else return;
    event.preventDefault();
  }

  private down(event: PointerEvent): void {
    const free = event.button === 1 || (event.button === 0 && !this.hand.allowed());
    if (event.pointerType !== "touch" && free && this.lens.zoomed) this.take(event);
    if (event.pointerType === "pen") this.fingers.clear(); // the palm that came before it
    if (event.pointerType !== "touch" || this.hand.isPalm(event)) return;
    this.fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (!this.hand.busy()) this.ground.sheet.setPointerCapture(event.pointerId);
  }

  private take(event: PointerEvent): void {
    event.preventDefault();
    this.dragging = event.pointerId;
    this.fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    this.ground.sheet.setPointerCapture(event.pointerId);
  }

  private move(event: PointerEvent): void {
    const before = this.fingers.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    this.fingers.set(event.pointerId, now);
    const other = [...this.fingers].find(([id]) => id !== event.pointerId)?.[1];
    if (other && !this.hand.busy()) this.pinch(other, before, now);
    else if (this.dragging === event.pointerId || this.mayDrag()) this.drag(before, now);
  }

  private mayDrag(): boolean {
    return this.lens.zoomed && !this.hand.allowed();
  }

  private drag(before: Spot, now: Spot): void {
    this.lens.pan((before.x - now.x) * this.scale, (before.y - now.y) * this.scale);
  }

  /** One of two fingers moved: the board stays under both. */
  private pinch(still: Spot, before: Spot, now: Spot): void {
    const apart = (one: Spot) => Math.max(1, Math.hypot(one.x - still.x, one.y - still.y));
    const middle = { x: (still.x + now.x) / 2, y: (still.y + now.y) / 2 };
    const was = { x: (still.x + before.x) / 2, y: (still.y + before.y) / 2 };
    this.drag(was, middle);
    this.lens.zoom(apart(now) / apart(before), ...this.ground.boardPoint(middle.x, middle.y));
  }

  private up(event: PointerEvent): void {
    this.fingers.delete(event.pointerId);
    if (this.dragging === event.pointerId) this.dragging = null;
  }

  private key(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target as HTMLElement;
    if (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return;
    if (this.press(event.key)) event.preventDefault();
  }

  private press(key: string): boolean {
    const { lens } = this;
    const step = lens.part.value.width * KEY_STEP;
    const arrows: Record<string, [number, number]> = {
      ...{ ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] },
    };
    if (key === "+" || key === "=") lens.step(1);
    else if (key === "-") lens.step(-1);
    else if (key === "0") lens.whole();
    else if (arrows[key] && lens.zoomed) lens.pan(...arrows[key]);
    else return false;
    return true;
  }
}
