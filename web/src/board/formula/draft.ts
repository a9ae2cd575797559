// A formula while it is typed: shown on the board where it will stand, put when it is done.
import { effect, type Signal, signal } from "@preact/signals";
import type { Formula, Rewrite } from "../../wire.gen";
import { onArrival } from "../arrivals";
import { ours } from "../find";
import { UNIT } from "../ink";
import type { Place } from "../regular";
import type { Kit } from "../tools/tool";
import { fetchSetter, packedOf, setterIsHere } from "./formula";
import { LONGEST } from "./outlines";

const DRAFT = -2; // the number of what is not put yet

export class Draft {
  /** What is typed; null where nothing is. */
  readonly latex: Signal<string | null> = signal(null);
  /** Whether what sets formulas is here. */
  readonly ready = signal(setterIsHere());
  private at: Place = [0, 0];
  /** The mark that is written anew, or null where it is new. */
  private number: number | null = null;
  private readonly deaf: (() => void)[];

  constructor(private readonly kit: Pick<Kit, "acts" | "choices" | "colour" | "connection" | "painter">) {
    const show = () => this.show(this.body());
    const came = () => {
      this.ready.value = setterIsHere();
      show();
    };
    this.deaf = [effect(show), onArrival(came)];
  }

  destroy(): void {
    for (const undo of this.deaf) undo();
  }

  begin(at: Place): void {
    Object.assign(this, { at, number: null });
    fetchSetter();
    this.latex.value = "";
  }

  /** Write a formula anew that is there. */
  edit(number: number): void {
    const look = ours(this.kit, [number]).get(number);
    if (look?.body.t !== "formula") return;
    this.number = number;
    fetchSetter();
    this.latex.value = look.text ?? look.body.latex;
  }

  /** Keep it; false where it is no formula yet. */
  done(): boolean {
    const [body, { number }] = [this.body(), this];
    if (body?.latex.trim() && !packedOf(body.latex)) return false;
    this.close();
    if (!body?.latex.trim()) return true;
    if (number === null) this.kit.acts.put([body]);
    else this.kit.acts.edit([number], rewritten(body));
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
    return { t: "formula", x, y, latex, size, colour, outline: outlineOf(latex) };
  }

  /** What makes no sense yet leaves the board as it was. */
  private show(body: Formula | null): void {
    const { acts, painter } = this.kit;
    if (!body) painter.ghosts.forget(DRAFT);
    else if (body.latex.trim() && packedOf(body.latex)) {
      if (this.number === null) painter.ghosts.show(DRAFT, acts.page, body);
      else acts.imagine([this.number], rewritten(body));
    }
    painter.wake();
  }
}

/** Nothing where it takes too long to tell: then each page sets it by itself. */
function outlineOf(latex: string): Uint8Array {
  const packed = latex.trim() ? packedOf(latex) : null;
  return packed && packed.length <= LONGEST ? packed : new Uint8Array();
}

function rewritten({ latex, outline }: Formula): Rewrite {
  return { t: "rewrite", text: latex, outline };
}
