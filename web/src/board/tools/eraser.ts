// The eraser: takes the pieces of ink it passes over, and shows it at once; one movement, one act.
import { SEAT } from "../../channels/board";
import type { Rect } from "../bounds";
import type { Spot } from "../extent";
import { UNIT } from "../ink";
import { type Edit, type Look, placed } from "../look";
import { pointsOf } from "../outline";
import type { Sample } from "../resample";
import { crumbs, rubbed, spansOf } from "../rub";
import type { Kit, Tool } from "./tool";

export const REACH = 18; // board pixels around the hand: as broad as a finger
const MOST_SPANS = 4000; // of one act; the lesson takes 4096
const MOST_MARKS = 1900; // of one act; the lesson takes 2000

/** What both erasers are: a hand's way over the board, and what it may take there. */
export abstract class Rubber implements Tool {
  protected before: Sample | null = null;

  constructor(protected readonly kit: Kit) {}

  down(sample: Sample): void {
    this.before = sample;
    this.move([sample]);
  }

  move(samples: readonly Sample[]): void {
    for (const sample of samples) {
      this.rub(this.before ?? sample, sample);
      this.before = sample;
    }
    const { x, y } = samples[samples.length - 1];
    this.kit.painter.showReach([x, y, REACH]);
    this.imagine();
  }

  up(): void {
    this.act();
    this.before = null;
    this.kit.painter.showReach(null);
  }

  cancel(): void {
    this.forget();
    this.kit.acts.imagine([], null);
    this.kit.painter.showReach(null);
  }

  hover({ x, y }: Sample): void {
    this.kit.painter.showReach([x, y, REACH]);
  }

  leave(): void {
    if (!this.before) this.kit.painter.showReach(null);
  }

  away(): void {
    this.kit.painter.showReach(null);
  }

  protected abstract rub(from: Sample, to: Sample): void;
  protected abstract imagine(): void;
  protected abstract act(): void;
  protected abstract forget(): void;

  /** The marks near the way that our hand may change. */
  protected *near(from: Sample, to: Sample): Iterable<[number, Look]> {
    const { seat, you } = this.kit.connection.store;
    const way: Rect = [
      ...[Math.min(from.x, to.x) - REACH, Math.min(from.y, to.y) - REACH],
      ...[Math.max(from.x, to.x) + REACH, Math.max(from.y, to.y) + REACH],
    ] as unknown as Rect;
    for (const [number, look] of this.kit.painter.marksWithin(way)) {
      if (you.value?.role === "teacher" || Math.floor(number / SEAT) === seat) yield [number, look];
    }
  }
}

export class Eraser extends Rubber {
  private readonly taken = new Map<number, Set<number>>();

  protected rub(from: Sample, to: Sample): void {
    for (const [number, look] of this.near(from, to)) {
      if (look.body.t === "ink") this.take(number, look, spotOf(from), spotOf(to));
    }
  }

  private take(number: number, look: Look, from: Spot, to: Spot): void {
    if (look.body.t !== "ink") return;
    const points = pointsOf(look.body).map(([x, y]) => placed(look.matrix, x, y));
    const reach = REACH * UNIT + look.body.pen.width / 4;
    const found = rubbed(points, from, to, reach).filter((i) => !isCut(look.cuts, i));
    if (!found.length) return;
    const taken = this.taken.get(number) ?? new Set();
    for (const i of found) taken.add(i);
    const cuts = spansOf([...taken, ...cutPoints(look.cuts)]);
    for (const i of crumbs(points.length, cuts)) taken.add(i);
    this.taken.set(number, taken);
  }

  protected imagine(): void {
    const edit = this.edit();
    this.kit.acts.imagine([...this.taken.keys()], this.taken.size ? edit : null);
    if (edit.spans.length > MOST_SPANS || this.taken.size > MOST_MARKS) this.act();
  }

  protected act(): void {
    if (this.taken.size) this.kit.acts.edit([...this.taken.keys()], this.edit());
    this.forget();
  }

  protected forget(): void {
    this.taken.clear();
  }

  private edit(): Extract<Edit, { t: "cut" }> {
    const spans: [number, number, number][] = [];
    for (const [number, points] of this.taken) {
      const own = spansOf(points);
      for (let i = 0; i < own.length; i += 2) spans.push([number, own[i], own[i + 1]]);
    }
    return { t: "cut", spans };
  }
}

function spotOf({ x, y }: Sample): Spot {
  return [x * UNIT, y * UNIT];
}

function isCut(cuts: readonly number[], i: number): boolean {
  return cuts.some((from, n) => n % 2 === 0 && i >= from && i < cuts[n + 1]);
}

function* cutPoints(cuts: readonly number[]): Iterable<number> {
  for (let n = 0; n < cuts.length; n += 2) {
    for (let i = cuts[n]; i < cuts[n + 1]; i++) yield i;
  }
}
