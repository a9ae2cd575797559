// Strokes whose pen is still down, or whose last points are still being drawn over their time.
import type { Board } from "../channels/board";
import type { Pen } from "../wire.gen";
import { type Chain, decode, decodeStroke, newChain, type Point, TICK_MS } from "./ink";

const CUSHION = 12; // points, 100 ms: as much as two batches may lie in store at the pen's own pace
const JUMP = 240; // points, two seconds behind: no animation can make that good, show it at once
/** Of the jitter buffer's wait: a pointer that is up to 750 ms ahead of its words is not noticed. */
const AHEAD_MS = 500; // (Steinmetz, IEEE JSAC 14(1), 1996); the rest is for what the way does
const LONGEST_HOLD_MS = 1000; // a voice later than that is no company

interface Writing {
  page: number;
  pen: Pen;
  points: Point[];
  /** Where our own pen is believed to be when this is seen. */
  predicted: readonly Point[];
  /** How many of the points are drawn so far; a fraction between two frames. */
  shown: number;
  /** Milliseconds until it begins: ink waits for the voice that goes with it. */
  waits: number;
  over: boolean;
  own: boolean;
  chain: Chain;
}

export class Writings {
  /** How long new ink is held back, in milliseconds. */
  private hold = 0;
  private readonly all = new Map<number, Writing>();

  has(number: number): boolean {
    return this.all.has(number);
  }

  /** Ink may be ahead of the voice it goes with, but not by more than one notices. */
  waitForVoice(ms: number): void {
    this.hold = Math.min(LONGEST_HOLD_MS, Math.max(0, ms - AHEAD_MS));
  }

  /** Our own: shown as it is written, long before the server knows of it. */
  beginOwn(number: number, page: number, pen: Pen): void {
    this.all.set(number, writing(page, pen, [], newChain(), { own: true }));
  }

  moveOwn(number: number, points: readonly Point[], predicted: readonly Point[]): void {
    const own = this.all.get(number);
    if (!own) return;
    own.points.push(...points);
    own.predicted = predicted;
  }

  /** Somebody else's stroke begins: drawn over the time that it took to write. */
  begin(number: number, page: number, pen: Pen, ink: Uint8Array): void {
    if (this.all.has(number)) return;
    const chain = newChain();
    const begun = writing(page, pen, decode(chain, ink), chain, { waits: this.hold });
    this.all.set(number, begun);
  }

  lengthen(number: number, ink: Uint8Array): void {
    const grown = this.all.get(number);
    if (!grown || grown.own || !ink.length) return;
    for (const point of decode(grown.chain, ink)) grown.points.push(point);
  }

  /** A batch has become fact; ``old`` ink is not news and is shown at once. */
  went(number: number, last: boolean, old: boolean): void {
    const gone = this.all.get(number);
    if (!gone) return;
    gone.over = last;
    if (old) showAll(gone);
  }

  /** Somebody has left: what they were writing is as long as it will be. */
  halted({ halted }: Board): void {
    for (const [number, one] of this.all) if (!one.own && halted.has(number)) one.over = true;
  }

  drop(number: number): void {
    this.all.delete(number);
  }

  /** Another page, or another state: only what is being written on it is left. */
  restart(page: number, { pages, drawing }: Board): void {
    const marks = pages.get(page)?.marks;
    for (const [number, one] of this.all) {
      const ended = marks?.has(number) && !drawing.has(number); // while the line was broken
      if (!one.own || one.page !== page || ended) this.all.delete(number);
    }
    for (const [number, on] of drawing) {
      const body = on === page ? marks?.get(number)?.body : undefined;
      if (body?.t === "ink" && !this.all.has(number)) this.found(number, page, body.pen, body.ink);
    }
  }

  /** A stroke that was half written when we came: all there is of it is shown at once. */
  private found(number: number, page: number, pen: Pen, ink: Uint8Array): void {
    const chain = newChain();
    const half = writing(page, pen, decodeStroke(ink, chain), chain, {});
    showAll(half);
    this.all.set(number, half);
  }

  advance(elapsedMs: number): void {
    for (const one of this.all.values()) advance(one, elapsedMs, this.hold);
  }

  settle(): void {
    for (const one of this.all.values()) showAll(one);
  }

  get moving(): boolean {
    return [...this.all.values()].some((one) => !settled(one));
  }

  /** Those that have ended and are drawn to their end: they are finished marks now. */
  takeFinished(): number[] {
    const finished = [...this.all].filter(([, one]) => one.over && settled(one));
    for (const [number] of finished) this.all.delete(number);
    return finished.map(([number]) => number);
  }

  /** What is to be seen of each now. */
  *shown(): Iterable<[number, { pen: Pen; points: readonly Point[] }]> {
    for (const [number, { pen, points, predicted, shown }] of this.all) {
      const seen = settledAt(points, shown) ? points : points.slice(0, Math.ceil(shown));
      yield [number, { pen, points: predicted.length ? [...seen, ...predicted] : seen }];
    }
  }
}

function writing(
  page: number,
  pen: Pen,
  points: Point[],
  chain: Chain,
  { own = false, waits = 0 }: { own?: boolean; waits?: number },
): Writing {
  const shown = waits ? 0 : Math.min(1, points.length);
  return { page, pen, points, chain, own, waits, shown, predicted: [], over: false };
}

/** Move on by some milliseconds: at the pen's pace, and faster the further behind. */
function advance(one: Writing, elapsedMs: number, hold: number): void {
  const held = hold / TICK_MS;
  const behind = one.points.length - one.shown;
  if (one.own || behind > JUMP + held) return showAll(one);
  one.waits -= elapsedMs;
  if (one.waits > 0) return;
  const pace = Math.max(1, behind / (CUSHION + held));
  one.shown = Math.min(one.points.length, one.shown + (elapsedMs / TICK_MS) * pace);
}

function showAll(one: Writing): void {
  one.shown = one.points.length;
  one.waits = 0;
}

function settled({ points, shown }: Writing): boolean {
  return settledAt(points, shown);
}

function settledAt(points: readonly Point[], shown: number): boolean {
  return shown >= points.length;
}
