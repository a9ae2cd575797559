// The lesson as it stands at the moment that is shown, moved along its log and told to the board.
import { signal } from "@preact/signals";
import { fold, freshStates, type States } from "../../channels/index";
import type { FactListener, Store } from "../../core/store";
import { thaw } from "./copy";
import type { Participant } from "../../wire.gen";
import type { Timeline } from "./timeline";

const FAR = 300; // facts: from here on a checkpoint is nearer than folding on
const INK: readonly string[] = ["ink.begun", "ink"]; // twenty a second, and the board's alone

/** What a painter needs of a lesson, as core/store.ts gives it of a live one. */
export class Scene {
  states: States = freshStates();
  /** How many entries of the log have happened. */
  count = 0;
  /** By whose eyes it is seen: their own layer is painted, too. */
  readonly you = signal<Pick<Participant, "id"> | null>(null);
  /** A new wrapper around the states whenever something but ink has come or gone. */
  readonly moment = signal({ states: this.states });
  private readonly listeners = new Set<FactListener>();
  private readonly replacements = new Set<() => void>();

  constructor(private readonly timeline: Timeline) {}

  /** To the state after so many entries; `leap` where nobody saw what lies between. */
  goTo(wanted: number, { leap }: { leap: boolean }): void {
    if (wanted === this.count) return;
    const from = this.count;
    if (wanted < from || wanted - from > FAR) this.restore(wanted);
    const seen = !leap && wanted > from && wanted - from <= FAR;
    const told = this.foldUntil(wanted, seen);
    if (!seen) for (const replaced of this.replacements) replaced();
    if (!seen || told) this.moment.value = { states: this.states };
  }

  onFact(listener: FactListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  onReplaced(listener: () => void): () => void {
    this.replacements.add(listener);
    return () => this.replacements.delete(listener);
  }

  /** The log has been given another beginning. */
  reset(): void {
    this.count = 0;
    this.states = thaw(this.timeline.checkpoint(0).states);
    for (const replaced of this.replacements) replaced();
    this.moment.value = { states: this.states };
  }

  private restore(wanted: number): void {
    const near = this.timeline.checkpoint(wanted);
    if (wanted > this.count && near.next <= this.count) return;
    this.states = thaw(near.states);
    this.count = near.next;
  }

  /** Fold on; says whether there was anything but ink. */
  private foldUntil(wanted: number, seen: boolean): boolean {
    let told = false;
    for (; this.count < wanted; this.count++) {
      const { fact, at } = this.timeline.entries[this.count];
      fold(this.states, fact, at);
      told ||= !INK.includes(fact.t);
      if (seen) for (const listener of this.listeners) listener(fact, at, false);
    }
    return told;
  }
}

/** The board reads states and listens to facts, and a scene gives it both as a live store does. */
export function asStore(scene: Scene): Store {
  return scene satisfies Pick<Store, "states" | "onFact" | "onReplaced"> as unknown as Store;
}
