// Formulas: a tap begins one, or takes up one that is there; it is typed in the row above the board.
import { bodyAt } from "../find";
import type { Place } from "../regular";
import type { Sample } from "../resample";
import type { Kit, Tool } from "./tool";

export class FormulaTool implements Tool {
  private at: Place | null = null;

  constructor(private readonly kit: Kit) {}

  /** A tap beside the one that is typed keeps that, and no more. */
  down({ x, y }: Sample): void {
    const { draft } = this.kit;
    this.at = draft.latex.value === null ? [x, y] : null;
    if (!this.at && !draft.done()) draft.close();
  }

  move(): void {}

  up(): void {
    if (!this.at) return;
    const there = bodyAt(this.kit, this.at, "formula");
    if (there === null) this.kit.draft.begin(this.at);
    else this.kit.draft.edit(there);
    this.at = null;
  }

  cancel(): void {
    this.at = null;
  }

  away(): void {
    const { draft } = this.kit;
    if (draft.latex.value !== null && !draft.done()) draft.close();
  }
}
