// The instruments on our board: seen by our own hand only; others see the ink that was led by them.
import { type Signal, signal } from "@preact/signals";
import type { Place } from "../regular";
import { Compasses } from "./compasses";
import { draw, type Drag, type Guide, type Instrument } from "./instrument";
import { Protractor } from "./protractor";
import { Ruler } from "./ruler";

export type InstrumentName = "ruler" | "protractor" | "compasses";

export class Instruments {
  /** Those that lie on the board, the one taken last on top. */
  readonly out: Signal<readonly InstrumentName[]> = signal([]);
  private readonly all: Record<InstrumentName, Instrument> = {
    ...{ ruler: new Ruler(), protractor: new Protractor(), compasses: new Compasses() },
  };
  private readonly svg = draw("svg", { class: "instruments", viewBox: "0 0 1920 1080" });

  constructor(host: HTMLElement) {
    host.append(this.svg);
  }

  toggle(name: InstrumentName): void {
    const others = this.out.value.filter((one) => one !== name);
    this.out.value = others.length < this.out.value.length ? others : [...others, name];
    this.svg.replaceChildren(...this.out.value.map((one) => this.all[one].element));
  }

  grab(at: Place): Drag | null {
    return this.first((instrument) => instrument.grab(at));
  }

  guide(at: Place): Guide | null {
    return this.first((instrument) => instrument.guide(at));
  }

  /** The one on top, for the keyboard. */
  get top(): Instrument | null {
    const name = this.out.value[this.out.value.length - 1];
    return name ? this.all[name] : null;
  }

  private first<T>(ask: (instrument: Instrument) => T | null): T | null {
    for (const name of [...this.out.value].reverse()) {
      const answer = ask(this.all[name]);
      if (answer) return answer;
    }
    return null;
  }
}
