// What the hand has chosen beside its tool: which shape, filled or not, how large letters are.
import { signal } from "@preact/signals";
import type { Shape } from "../wire.gen";

/** Kinds as they are offered; a triangle is a polygon whose corners are given by its box. */
export type Kind = Exclude<Shape["kind"], "polygon"> | "triangle" | "right" | "polygon";

export class Choices {
  readonly kind = signal<Kind>("line");
  readonly filled = signal(false);
  /** Height of letters, in board pixels. */
  readonly size = signal(48);
}
