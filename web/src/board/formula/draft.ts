// A formula while it is typed: shown on the board where it will stand, put when it is done.
import { effect, type Signal, signal } from "@preact/signals";
import type { Formula } from "../../wire.gen";
import { onArrival } from "../arrivals";
import { ours } from "../find";
import { UNIT } from "../ink";
import type { Place } from "../regular";
import type { Kit } from "../tools/tool";
import { settingOf } from "./formula";

const DRAFT = -2; // the number of what is not put yet

export class Draft {
  /** What is typed; null where nothing is. */
  readonly latex: Signal<string | null> = signal(null);
  private at: Place = [0, 0];
  /** The mark that is written anew, or null where it is new. */
  private number: number | null = null;
  private readonly deaf: (() => void)[];

  constructor(private readonly kit: Pick<Kit, "acts" | "choices" | "colour" | "connection" | "painter">) {
    const show = () => this.show(this.body());
    this.deaf = [effect(show), onArrival(show)];
  }

  destroy(): void {
    for (const undo of this.deaf) undo();
  }

  begin(at: Place): void {
    Object.assign(this, { at, number: null });
    this.latex.value = "";
  }

  /** Write a formula anew that is there. */
  edit(number: number): void {
    const look = ours(this.kit, [number]).get(number);
    if (look?.body.t !== "formula") return;
    this.number = number;
    this.latex.value = look.text ?? look.body.latex;
  }

  /** Keep it; false where it is no formula yet. */
  done(): boolean {
    const [body, { number }] = [this.body(), this];
    if (body?.latex.trim() && !settingOf(body.latex)) return false;
    this.close();
    if (!body?.latex.trim()) return true;
    if (number === null) this.kit.acts.put([body]);
    else this.kit.acts.edit([number], { t: "rewrite", text: body.latex });
    return true;
  }

  close(): void {
    this.latex.value = null;
    this.kit.acts.imagine([], null);
  }

  private body(): Formula | null {
    const [latex, colour] = [this.latex.value, this.kit.colour.value];
    const size = this.kit.choices.size.value * UNIT;
    if (latex === null) return null;
    const [x, y] = this.at.map((value) => Math.round(value * UNIT));
    return { t: "formula", x, y, latex, size, colour };
  }

  /** What makes no sense yet leaves the board as it was. */
  private show(body: Formula | null): void {
    const { acts, painter } = this.kit;
    if (!body) painter.ghosts.forget(DRAFT);
    else if (body.latex.trim() && settingOf(body.latex)) {
      const edit = { t: "rewrite", text: body.latex } as const;
      if (this.number === null) painter.ghosts.show(DRAFT, acts.page, body);
      else acts.imagine([this.number], edit);
    }
    painter.wake();
  }
}
