// What a hand does to marks: asked of the lesson, seen at once, and taken back where it was refused.
import { signal } from "@preact/signals";
import { lastOn } from "../channels/board";
import type { Connection, Refused } from "../core/connection";
import type { Fact } from "../wire.gen";
import type { Body, Edit } from "./look";
import type { Numbers } from "./numbers";
import type { Painter } from "./painter";

const OTHERS = /^(marks|op|page)\./; // facts after which our marks may look otherwise

interface Asked {
  marks: readonly number[];
  edit: Edit;
}

export class Acts {
  /** Whether there is something of ours on this page to take back, and to do again. */
  readonly canUndo = signal(false);
  readonly canRedo = signal(false);
  private asked: Asked[] = [];
  private gesture: Asked | null = null;
  private edits: ReadonlyMap<number, readonly Edit[]> = new Map();
  private readonly listeners = new Set<() => void>();
  private readonly deaf: (() => void)[];

  constructor(
    private readonly painter: Painter,
    private readonly connection: Connection,
    private readonly numbers: Numbers,
  ) {
    const { store } = connection;
    this.deaf = [
      store.onFact((fact) => this.heard(fact)),
      store.onReplaced(() => this.restart()),
    ];
    this.count();
  }

  destroy(): void {
    for (const undo of this.deaf) undo();
  }

  get page(): number {
    return this.painter.front;
  }

  /** Put marks on the page in front, as one act; they are seen before they are facts. */
  put(bodies: readonly Body[]): number[] {
    const { page } = this;
    const marks = bodies.map((body) => ({ number: this.numbers.next(), body }));
    const n = this.connection.ask({ t: "marks.put", page, marks });
    if (!n) return [];
    for (const { number, body } of marks) this.painter.ghosts.show(number, page, body);
    this.painter.wake();
    return marks.map(({ number }) => number);
  }

  /** Change marks of the page in front, as one act. */
  edit(marks: readonly number[], edit: Edit): void {
    this.gesture = null;
    const { page } = this;
    const n = marks.length && this.connection.ask({ t: "marks.edit", page, marks: [...marks], edit });
    if (n) this.asked.push({ marks, edit });
    this.foresee();
  }

  /** What a movement of the hand would do if it ended now; null where it does nothing. */
  imagine(marks: readonly number[], edit: Edit | null): void {
    this.gesture = edit && { marks, edit };
    this.foresee();
  }

  /** What is done to a mark, and is no fact yet. */
  foreseenOf(number: number): readonly Edit[] {
    return this.edits.get(number) ?? [];
  }

  /** Called when marks may look otherwise than before. */
  onSeen(listener: () => void): void {
    this.listeners.add(listener);
  }

  undo(): void {
    if (this.canUndo.value) this.connection.ask({ t: "op.undo", page: this.page });
  }

  redo(): void {
    if (this.canRedo.value) this.connection.ask({ t: "op.redo", page: this.page });
  }

  refused({ code, command }: Refused): void {
    if (command?.t === "marks.put") {
      if (code === "stroke-taken") this.numbers.skip();
      for (const { number } of command.marks) this.painter.ghosts.forget(number);
      this.painter.wake();
    }
    if (command?.t === "ink.add" && command.ink.length && code !== "no-stroke") this.lift(command.stroke);
    if (command?.t !== "marks.edit") return;
    this.asked = this.asked.filter((one) => !same(one, command));
    this.foresee();
  }

  /** What the lesson has of a stroke that may not go on stays, as a finished one. */
  private lift(stroke: number): void {
    this.connection.ask({ t: "ink.add", stroke, ink: new Uint8Array(), last: true });
  }

  private heard(fact: Fact): void {
    if (fact.t === "marks.edited" && fact.seat === this.connection.store.seat) {
      const at = this.asked.findIndex((one) => same(one, fact));
      this.asked.splice(0, at + 1); // asks are answered in their order
      this.foresee();
    } else if (OTHERS.test(fact.t)) for (const listener of this.listeners) listener();
    this.count();
  }

  private restart(): void {
    this.asked = [];
    this.foresee();
    this.count();
  }

  private foresee(): void {
    const edits = new Map<number, Edit[]>();
    for (const { marks, edit } of [...this.asked, ...(this.gesture ? [this.gesture] : [])]) {
      for (const mark of marks) edits.set(mark, [...(edits.get(mark) ?? []), edit]);
    }
    this.edits = edits;
    this.painter.foresee(edits);
    for (const listener of this.listeners) listener();
  }

  /** Another page is looked at: what may be undone is of that page. */
  turned(): void {
    this.count();
  }

  private count(): void {
    const { seat, states } = this.connection.store;
    this.canUndo.value = lastOn(this.page, states.board.done.get(seat)) !== undefined;
    this.canRedo.value = lastOn(this.page, states.board.undone.get(seat)) !== undefined;
  }
}

/** The fact may name fewer marks: what was gone already is passed over. */
function same({ edit }: Asked, other: { edit: Edit }): boolean {
  const [one, two] = [edit, other.edit].map((what) => JSON.stringify(Object.entries(what).sort()));
  return one === two;
}
