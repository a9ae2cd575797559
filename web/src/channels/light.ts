// The recording light of each classroom: what may be recorded of it.
import type { Fact, May } from "../wire.gen";

export interface Lights {
  may: Map<string, May>;
}

export const follows = ["light.was-set"] as const;

export const fresh = (): Lights => ({ may: new Map() });

export function fold(state: Lights, fact: Fact): void {
  if (fact.t === "light.was-set") {
    state.may.set(fact.who, { picture: fact.picture, voice: fact.voice });
  }
}

/** Of whom nothing is said the voice may be recorded, never the picture. */
export const mayOf = (state: Lights, who: string): May =>
  state.may.get(who) ?? { picture: false, voice: true };
