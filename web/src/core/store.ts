// The folded states as signals, and who wants to hear of each fact as it comes.
import { batch, type Signal, signal } from "@preact/signals";
import { type ChannelName, fold, freshStates, NAMES, putPart, readStates, type States } from "../channels/index";
import type { Fact, IceServer, Participant, Welcome } from "../wire.gen";
import { readFact } from "./codec";

/** Called for each fact after it was folded; `old` where it is not news but catching up. */
export type FactListener = (fact: Fact, at: number, old: boolean) => void;

/** Ink is for the board's painter alone: a signal for every batch would redraw whole screens. */
const INK: readonly string[] = ["ink.begun", "ink"];

type Signals = { [N in ChannelName]: Signal<States[N]> };

export class Store {
  states: States = freshStates();
  readonly signals = {} as Signals;
  readonly you = signal<Participant | null>(null);
  seat = 0;
  epoch = 0;
  seq = 0;
  ms = 0;
  unknown = 0;
  /** TURN servers, for when there is no way over UDP. */
  ice: IceServer[] = [];
  private listeners = new Set<FactListener>();
  private replacements = new Set<() => void>();

  constructor() {
    this.changed(NAMES);
  }

  /** Take a welcome: who we are, and where it brings states, all of them anew. */
  welcome(message: Welcome): void {
    const { you, seat, epoch, seq, ms, states, ice } = message;
    if (ice?.length) this.ice = ice;
    Object.assign(this, { seat, epoch });
    this.you.value = you;
    if (states === null) return;
    this.states = readStates(states as never);
    Object.assign(this, { seq, ms });
    this.changed(NAMES);
    for (const listener of this.replacements) listener();
  }

  /** Fold one line of the log, as the wire has it or as we foresaw it. */
  fold(seq: number, ms: number, wire: unknown, old = false): void {
    Object.assign(this, { seq, ms });
    const fact = readFact(wire);
    if (fact.t === "?") this.unknown++;
    else this.foldFact(fact, ms, old);
  }

  foldFact(fact: Fact, ms: number, old = false): void {
    const followers = fold(this.states, fact, ms / 1000);
    if (!INK.includes(fact.t)) this.changed(followers);
    for (const listener of this.listeners) listener(fact, ms / 1000, old);
  }

  put(channel: ChannelName, key: number, part: unknown): void {
    putPart(this.states, channel, key, part);
    this.changed([channel]);
    for (const listener of this.replacements) listener();
  }

  onFact(listener: FactListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Called when states were replaced rather than folded: everything must be drawn anew. */
  onReplaced(listener: () => void): () => void {
    this.replacements.add(listener);
    return () => this.replacements.delete(listener);
  }

  private changed(names: readonly (ChannelName)[]): void {
    batch(() => {
      for (const name of names) this.publish(name);
    });
  }

  private publish<N extends ChannelName>(name: N): void {
    const state = { ...this.states[name] };
    if (this.signals[name]) this.signals[name].value = state;
    else this.signals[name] = signal(state) as never;
  }
}
