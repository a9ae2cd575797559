// Where the class is to look: pointers, a spotlight, a curtain, and the part of the page shown.
import type { Curtain, Fact, Pointer, Spot, View } from "../wire.gen";

export interface Gaze {
  pointers: Map<string, Pointer>;
  spot: Spot;
  curtain: Curtain;
  view: View;
}

export type Sight = Extract<Fact, { t: "gaze.seen" }>["sight"];

export const WIDTH = 1920 * 4; // units
export const HEIGHT = 1080 * 4;
export const NARROWEST = WIDTH / 8; // of a view
export const SMALLEST = 80; // of a spotlight
export const WHOLE: View = { t: "view", x: 0, y: 0, width: WIDTH };

export const follows = ["gaze.seen", "page.turned", "lesson.left", "lesson.ended"] as const;

export function fresh(): Gaze {
  return { pointers: new Map(), ...unveiled() };
}

export function fold(state: Gaze, fact: Fact, _at: number): void {
  switch (fact.t) {
    case "gaze.seen":
      return see(state, fact.who, fact.sight);
    case "lesson.left":
      state.pointers.delete(fact.who);
      return;
    default:
      state.pointers.clear();
      Object.assign(state, unveiled());
  }
}

export function isSight(glimpse: { t: string }): glimpse is Sight {
  return ["pointer", "spot", "curtain", "view"].includes(glimpse.t);
}

/** Take a sight in, kept as a fact or glimpsed only. */
export function see(state: Gaze, who: string, sight: Sight): void {
  switch (sight.t) {
    case "spot":
      state.spot = sight;
      break;
    case "curtain":
      state.curtain = sight;
      break;
    case "view":
      state.view = sight;
      break;
    case "pointer":
      if (sight.x < 0) state.pointers.delete(who);
      else state.pointers.set(who, sight);
  }
}

function unveiled(): Omit<Gaze, "pointers"> {
  return {
    spot: { t: "spot", x: 0, y: 0, radius: 0 },
    curtain: { t: "curtain", side: "bottom", reach: 0 },
    view: WHOLE,
  };
}
