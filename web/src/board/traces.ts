// What our hand does on a layer of our own: drawn and rubbed out, and taken back act by act.
import { type Signal, signal } from "@preact/signals";
import { marksOn } from "../channels/layers";
import type { Connection, Refused } from "../core/connection";
import type { Fact, NewMark } from "../wire.gen";
import type { Body } from "./look";
import type { Numbers } from "./numbers";
import type { Painter } from "./painter";
import { type Act, remember, remembered } from "./remembered";

const DEPTH = 100; // acts that are remembered, as on the board

export class Traces {
  readonly canUndo: Signal<boolean> = signal(false);
  readonly canRedo: Signal<boolean> = signal(false);
  private done: Act[] = [];
  private undone: Act[] = [];
  /** Whether what this tab did before it was loaded anew is known. */
  private recalled = false;
  private readonly deaf: (() => void)[];

  constructor(
    private readonly painter: Painter,
    private readonly connection: Connection,
    private readonly numbers: Numbers,
  ) {
    const { store } = connection;
    this.deaf = [store.onFact((fact) => this.heard(fact)), store.onReplaced(() => this.count())];
    const leaves = () => this.remember();
    addEventListener("pagehide", leaves);
    this.deaf.push(() => removeEventListener("pagehide", leaves), leaves);
    this.count();
  }

  destroy(): void {
    for (const undo of this.deaf) undo();
  }

  get page(): number {
    return this.painter.front;
  }

  /** Put marks on our layer, as one act; they are seen before they are facts. */
  put(bodies: readonly Body[]): void {
    const { page } = this;
    const marks = bodies.map((body) => ({ number: this.numbers.next(), body }));
    for (const { number, body } of marks) this.painter.ghosts.show(number, page, body);
    this.painter.wake();
    this.drew(page, marks);
  }

  /** A stroke whose points are on the screen already; false where it could not be asked for. */
  drew(page: number, marks: readonly NewMark[]): boolean {
    return this.did({ kind: "drawn", page, marks });
  }

  rub(numbers: ReadonlySet<number>): void {
    const marks = this.own.filter(({ number }) => numbers.has(number));
    if (marks.length) this.did({ kind: "rubbed", page: this.page, marks });
  }

  /** What was done last on this page; of a visit that is forgotten, the mark that came last. */
  undo(): void {
    const act = this.last(this.done) ?? this.before();
    if (!act) return;
    this.done = this.done.filter((one) => one !== act);
    this.undone.push(act);
    this.ask(opposite(act));
    this.count();
  }

  redo(): void {
    const act = this.last(this.undone);
    if (!act) return;
    this.undone = this.undone.filter((one) => one !== act);
    this.done.push(act);
    this.ask(act);
    this.count();
  }

  refused({ code, command }: Refused): void {
    if (command?.t !== "layer.draw") return;
    if (code === "stroke-taken") this.numbers.skip();
    const gone = new Set(command.marks.map(({ number }) => number));
    this.forget(gone);
    this.done = this.done.filter(({ marks }) => !marks.some(({ number }) => gone.has(number)));
    this.count();
  }

  /** Another page is looked at: what may be taken back is of that page. */
  turned(): void {
    this.count();
  }

  private get own(): NewMark[] {
    const { states, you } = this.connection.store;
    return marksOn(states.layers.own, you.peek()?.id ?? "", this.page);
  }

  private did(act: Act): boolean {
    if (!this.ask(act)) return false;
    this.undone = this.undone.filter(({ page }) => page !== act.page);
    this.done = [...this.done, act].slice(-DEPTH);
    this.count();
    return true;
  }

  private last(acts: readonly Act[]): Act | undefined {
    return [...acts].reverse().find(({ page }) => page === this.page);
  }

  private before(): Act | undefined {
    const gone = new Set(this.undone.flatMap(({ marks }) => marks.map(({ number }) => number)));
    const last = this.own.filter(({ number }) => !gone.has(number)).at(-1);
    return last && { kind: "drawn", page: this.page, marks: [last] };
  }

  private ask({ kind, page, marks }: Act): number {
    const who = this.connection.store.you.peek()?.id ?? "";
    const numbers = marks.map(({ number }) => number);
    if (kind === "rubbed") return this.connection.ask({ t: "layer.erase", who, page, marks: numbers });
    this.painter.rub(new Set()); // what is drawn again is seen again
    return this.connection.ask({ t: "layer.draw", page, marks: [...marks] });
  }

  private heard(fact: Fact): void {
    if (!fact.t.startsWith("layer")) return;
    if (fact.t === "layer.drawn") this.forget(new Set(fact.marks.map(({ number }) => number)));
    const ours = fact.t === "layer.promoted" && fact.who === this.connection.store.you.peek()?.id;
    if (ours || fact.t === "layers.closed") this.done = this.undone = [];
    this.count();
  }

  private forget(numbers: ReadonlySet<number>): void {
    for (const number of numbers) this.painter.ghosts.forget(number);
    this.painter.wake();
  }

  private remember(): void {
    const who = this.connection.store.you.peek()?.id;
    if (who && this.recalled) remember(who, { done: this.done, undone: this.undone });
  }

  /** As soon as we know who we are: nothing of ours can have been done before. */
  private recall(): void {
    const { states, you } = this.connection.store;
    const who = you.peek()?.id;
    if (this.recalled || !who) return;
    this.recalled = true;
    if (states.layers.open) Object.assign(this, remembered(who));
  }

  private count(): void {
    this.recall();
    this.canUndo.value = (this.last(this.done) ?? this.before()) !== undefined;
    this.canRedo.value = this.last(this.undone) !== undefined;
  }
}

function opposite(act: Act): Act {
  return { ...act, kind: act.kind === "drawn" ? "rubbed" : "drawn" };
}
