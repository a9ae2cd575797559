// Marks of our own that are not facts yet: being drawn, or on their way to the lesson and back.
import type { Page } from "../channels/board";
import type { Body, Look } from "./look";

export class Ghosts {
  private readonly shown = new Map<number, { page: number; body: Body }>();

  show(number: number, page: number, body: Body): void {
    this.shown.set(number, { page, body });
  }

  forget(number: number): void {
    this.shown.delete(number);
  }

  /** Those of a page that it does not have yet. */
  *of(number: number, page: Page): Iterable<Look> {
    for (const [mark, { page: on, body }] of this.shown) {
      if (on === number && page.marks.has(mark)) this.shown.delete(mark);
      else if (on === number) yield { body, matrix: null, colour: null, text: null, outline: null, cuts: [] };
    }
  }
}
