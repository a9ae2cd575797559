// Ruler, protractor and compasses in hand: a pen beside them, and keys that move and turn them.
import type { Kit } from "./tool";
import { Writer } from "./pen";

const STEP = 8; // board pixels, by an arrow key
const MOVES: Record<string, readonly [number, number]> = {
  ...{ ArrowLeft: [-1, 0], ArrowRight: [1, 0] },
  ...{ ArrowUp: [0, -1], ArrowDown: [0, 1] },
};
const TURNS: Record<string, number> = { "[": -1, "]": 1 };

export class Measuring extends Writer {
  constructor(private readonly things: Kit) {
    super(things, "pen");
  }

  key(key: string, event: KeyboardEvent): boolean {
    const { top } = this.things.instruments;
    if (!top) return false;
    if (key in TURNS) top.turn(TURNS[key]);
    else if (key in MOVES) {
      const [x, y] = MOVES[key];
      const step = event.shiftKey ? 1 : STEP;
      top.move(x * step, y * step);
    } else return false;
    return true;
  }
}
