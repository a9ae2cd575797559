// Strokes whose pen is still down, or whose last points are still being drawn over their time.
import type { Pen } from "../wire.gen";
import { type Chain, decode, decodeStroke, newChain, type Point, TICK_MS } from "./ink";

const CUSHION = 12; // points, 100 ms: as much as two batches may lie in store at the pen's own pace
const JUMP = 240; // points, two seconds behind: no animation can make that good, show it at once

export interface Writing {
  page: number;
  pen: Pen;
  points: Point[];
  /** How many of the points are drawn so far; a fraction between two frames. */
  shown: number;
  over: boolean;
  own: boolean;
  chain: Chain;
}

/** Somebody else's stroke begins: drawn over the time that it took to write. */
export function begun(page: number, pen: Pen, ink: Uint8Array): Writing {
  const chain = newChain();
  const points = decode(chain, ink);
  return { page, pen, points, shown: 1, over: false, own: false, chain };
}

/** A stroke that was half written when we came: all there is of it is shown at once. */
export function found(page: number, pen: Pen, ink: Uint8Array): Writing {
  const chain = newChain();
  const points = decodeStroke(ink, chain);
  return { page, pen, points, shown: points.length, over: false, own: false, chain };
}

/** Our own: shown as it is written, long before the server knows of it. */
export function own(page: number, pen: Pen): Writing {
  return { page, pen, points: [], shown: 0, over: false, own: true, chain: newChain() };
}

export function lengthen(writing: Writing, ink: Uint8Array): void {
  if (!ink.length) return;
  for (const point of decode(writing.chain, ink)) writing.points.push(point);
}

/** Move on by some milliseconds: at the pen's pace, and faster the further behind. */
export function advance(writing: Writing, elapsedMs: number): void {
  const behind = writing.points.length - writing.shown;
  if (writing.own || behind > JUMP) writing.shown = writing.points.length;
  else {
    const pace = Math.max(1, behind / CUSHION);
    const next = writing.shown + (elapsedMs / TICK_MS) * pace;
    writing.shown = Math.min(writing.points.length, next);
  }
}

export function settled(writing: Writing): boolean {
  return writing.shown >= writing.points.length;
}
