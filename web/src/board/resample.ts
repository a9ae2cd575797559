// From whenever a pen reports to one point a tick: what is written down does not depend on the pen.
import { type Point, TICK_MS, UNIT } from "./ink";
import { BOARD_HEIGHT, BOARD_WIDTH } from "./outline";

const NEAR = 0.18 * UNIT; // no point is written further from where the pen was
const LONGEST_REST_MS = 250; // a pen resting longer is not kept waiting in every replay

/** A pen's report: milliseconds, board pixels, pressure 0..1. */
export interface Sample {
  at: number;
  x: number;
  y: number;
  pressure: number;
  /** The shift key was held: what is drawn shall be regular. */
  regular?: boolean;
}

export class Resampler {
  private before: Sample;
  private tickAt: number;
  private last: Point;
  private step: [dx: number, dy: number] = [0, 0];

  constructor(first: Sample) {
    this.before = first;
    this.tickAt = first.at;
    this.last = pointOf(first);
  }

  /** The stroke's first point. */
  get first(): Point {
    return this.last;
  }

  /** The points that have become due with this report. */
  feed(next: Sample): Point[] {
    const rest = next.at - this.before.at - LONGEST_REST_MS;
    if (rest > 0) {
      this.tickAt += rest;
      this.before = { ...this.before, at: this.before.at + rest };
    }
    const points: Point[] = [];
    while (this.tickAt + TICK_MS <= next.at) {
      this.tickAt += TICK_MS;
      points.push(this.place(between(this.before, next, this.tickAt)));
    }
    this.before = next;
    return points;
  }

  /** Of all places near enough, the one that goes on most evenly: less trembling, and fewer bits. */
  private place(sample: Sample): Point {
    const nearest = pointOf(sample);
    const [ahead, below] = [this.last[0] + this.step[0], this.last[1] + this.step[1]];
    let [best, least] = [nearest, Infinity];
    for (const [x, y] of around(sample)) {
      const uneven = Math.abs(x - ahead) + Math.abs(y - below);
      if (uneven < least) [best, least] = [[x, y, nearest[2]], uneven];
    }
    this.step = [best[0] - this.last[0], best[1] - this.last[1]];
    this.last = best;
    return best;
  }

  /** Where the pen was lifted, if that is not where the last tick left it. */
  end(): Point[] {
    const end = pointOf(this.before);
    return end[0] === this.last[0] && end[1] === this.last[1] ? [] : [end];
  }
}

function between(a: Sample, b: Sample, at: number): Sample {
  const part = b.at > a.at ? Math.min(1, Math.max(0, (at - a.at) / (b.at - a.at))) : 1;
  const mix = (from: number, to: number) => from + (to - from) * part;
  return {
    ...{ at, x: mix(a.x, b.x), y: mix(a.y, b.y) },
    pressure: mix(a.pressure, b.pressure),
  };
}

/** The places of the board near enough to be written for this one. */
function around(sample: Sample): [x: number, y: number][] {
  const [x, y] = [sample.x * UNIT, sample.y * UNIT];
  const places: [number, number][] = [];
  for (const px of new Set([Math.floor(x), Math.ceil(x)])) {
    for (const py of new Set([Math.floor(y), Math.ceil(y)])) {
      const inside = px >= 0 && px <= BOARD_WIDTH * UNIT && py >= 0 && py <= BOARD_HEIGHT * UNIT;
      if (inside && Math.hypot(px - x, py - y) <= NEAR) places.push([px, py]);
    }
  }
  return places.sort((a, b) => Math.hypot(a[0] - x, a[1] - y) - Math.hypot(b[0] - x, b[1] - y));
}

/** The point of the board nearest to a report. */
export function pointOf({ x, y, pressure }: Sample): Point {
  return [
    clamp(Math.round(x * UNIT), 0, BOARD_WIDTH * UNIT),
    clamp(Math.round(y * UNIT), 0, BOARD_HEIGHT * UNIT),
    clamp(Math.round(pressure * 31), 1, 31),
  ];
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
