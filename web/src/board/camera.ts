// Which part of the page is on the screen: it glides by scaling pixels, and is sharp when it rests.
import { type Signal, signal } from "@preact/signals";
import { BOARD_HEIGHT, BOARD_WIDTH } from "./outline";

/** In board pixels; as wide to high as the board. */
export interface Part {
  x: number;
  y: number;
  width: number;
}

export const WHOLE: Part = { x: 0, y: 0, width: BOARD_WIDTH };
export const MOST_ZOOM = 8;
const GLIDE_MS = 80; // two thirds of the way: what the teacher shows comes in steps of 50 ms
const REST_MS = 120; // then it is worth painting anew
const NEAR = 0.5; // board pixels that nobody sees

export class Camera {
  /** What is on the screen now. */
  readonly shown: Signal<Part> = signal(WHOLE);
  /** What the canvases were painted for. */
  private painted: Part = WHOLE;
  private wanted: Part = WHOLE;
  private rested = 0;

  look(part: Part, glide: boolean): void {
    this.wanted = part;
    if (!glide || matchMedia("(prefers-reduced-motion: reduce)").matches) this.show(part);
  }

  /** Move on by some milliseconds; says whether there is more to come. */
  advance(elapsedMs: number): boolean {
    if (far(this.shown.peek(), this.wanted)) {
      this.show(between(this.shown.peek(), this.wanted, 1 - Math.exp(-elapsedMs / GLIDE_MS)));
      return true;
    }
    if (this.shown.peek() !== this.wanted) this.show(this.wanted);
    this.rested += elapsedMs;
    return this.blurred;
  }

  /** Whether the canvases should be painted anew now. */
  get due(): boolean {
    return this.blurred && this.rested >= REST_MS;
  }

  /** The canvases are painted for what is shown now; says what that is. */
  sharp(): Part {
    this.painted = this.shown.peek();
    return this.painted;
  }

  settle(): void {
    this.show(this.wanted);
    this.rested = REST_MS;
  }

  /** How the pixels there are come to lie where they belong, as CSS. */
  get transform(): string {
    if (!this.blurred) return "";
    const [from, to] = [this.painted, this.shown.peek()];
    const share = (pixels: number) => `${(pixels / to.width) * 100}%`;
    const down = `${((from.y - to.y) / height(to)) * 100}%`;
    return `translate(${share(from.x - to.x)}, ${down}) scale(${from.width / to.width})`;
  }

  private get blurred(): boolean {
    return this.shown.peek() !== this.painted;
  }

  private show(part: Part): void {
    this.shown.value = part;
    this.rested = 0;
  }
}

export function height({ width }: Part): number {
  return (width * BOARD_HEIGHT) / BOARD_WIDTH;
}

/** The nearest part that lies on the page. */
export function onPage({ x, y, width }: Part): Part {
  const wide = Math.min(BOARD_WIDTH, Math.max(BOARD_WIDTH / MOST_ZOOM, width));
  const high = height({ x, y, width: wide });
  const clamp = (value: number, most: number) => Math.min(Math.max(0, most), Math.max(0, value));
  if (wide > BOARD_WIDTH - NEAR) return WHOLE;
  return { x: clamp(x, BOARD_WIDTH - wide), y: clamp(y, BOARD_HEIGHT - high), width: wide };
}

/** Larger by a factor, with this point of the board where it was on the screen. */
export function zoomed(part: Part, factor: number, x: number, y: number): Part {
  const most = part.width / (BOARD_WIDTH / MOST_ZOOM);
  const by = Math.min(most, Math.max(part.width / BOARD_WIDTH, factor));
  return onPage({
    x: x - (x - part.x) / by,
    y: y - (y - part.y) / by,
    width: part.width / by,
  });
}

function far(one: Part, other: Part): boolean {
  const apart = [one.x - other.x, one.y - other.y, one.width - other.width];
  return apart.some((distance) => Math.abs(distance) > NEAR);
}

function between(from: Part, to: Part, share: number): Part {
  const mix = (a: number, b: number) => a + (b - a) * share;
  return { x: mix(from.x, to.x), y: mix(from.y, to.y), width: mix(from.width, to.width) };
}
