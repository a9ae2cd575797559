// Holds an instrument, and moves it as the hand moves.
import type { Drag } from "../instruments/instrument";
import type { Sample } from "../resample";
import type { Tool } from "./tool";

export class Dragging implements Tool {
  constructor(private readonly drag: Drag) {}

  down(): void {}

  move(samples: readonly Sample[]): void {
    const { x, y } = samples[samples.length - 1];
    this.drag([x, y]);
  }

  up(): void {}

  cancel(): void {}
}
