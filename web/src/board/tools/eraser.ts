// The eraser for whole marks: what it touches is gone at once, and one movement is one act.
import { SEAT } from "../../channels/board";
import type { Refused } from "../../core/connection";
import { UNIT } from "../ink";
import { type Edit, type Look, lookOf, placed } from "../look";
import { pointsOf } from "../outline";
import type { Sample } from "../resample";
import type { Kit, Tool } from "./tool";

const REACH = 18; // board pixels around a finger

export class Eraser implements Tool {
  private wiped = new Map<number, Edit[]>();

  constructor(private readonly kit: Kit) {}

  down(sample: Sample): void {
    this.wipe(sample);
  }

  move(samples: readonly Sample[]): void {
    for (const sample of samples) this.wipe(sample);
  }

  up(): void {
    const { connection } = this.kit;
    const page = connection.store.states.pages.current;
    const marks = [...this.wiped.keys()];
    if (marks.length) connection.ask({ t: "marks.edit", page, marks, edit: { t: "hide" } });
    this.wiped = new Map();
  }

  cancel(): void {
    this.wiped = new Map();
    this.kit.painter.foresee(this.wiped);
  }

  refused({ command }: Refused): void {
    if (command?.t === "marks.edit") this.kit.painter.foresee(new Map());
  }

  private wipe({ x, y }: Sample): void {
    const { seat, states, you } = this.kit.connection.store;
    const page = states.board.pages.get(states.pages.current);
    for (const [number, mark] of page?.marks ?? []) {
      const ours = you.value?.role === "teacher" || Math.floor(number / SEAT) === seat;
      const look = ours && page && !this.wiped.has(number) ? lookOf(number, page, mark) : null;
      if (!look || !touches(look, x * UNIT, y * UNIT)) continue;
      this.wiped.set(number, [{ t: "hide" }]);
      this.kit.painter.foresee(this.wiped);
    }
  }
}

function touches({ body, matrix }: Look, x: number, y: number): boolean {
  if (body.t !== "ink") return false;
  const reach = REACH * UNIT + body.pen.width / 2;
  return pointsOf(body).some((point) => {
    const [px, py] = placed(matrix, point[0], point[1]);
    return Math.hypot(px - x, py - y) < reach;
  });
}
