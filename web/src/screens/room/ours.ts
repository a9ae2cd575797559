// What this classroom may do now: whether it is on stage, and whether the board is let to it.
import { NOWHERE, type Place, placeFor } from "../../board/place";
import type { Live } from "../live/live";

export function isOnStage(live: Live): boolean {
  const you = live.store.you.value;
  return you !== null && live.store.signals.stage.value.on.has(you.id);
}

/** Where we may write now, on the page that we look at. */
export function place(live: Live): Place {
  const you = live.store.you.value;
  const { board, conduct, layers, pages } = live.store.signals;
  const page = live.lens.value?.page.value ?? pages.value.current;
  const states = { board: board.value, conduct: conduct.value, layers: layers.value };
  return you ? placeFor(states, you, page) : NOWHERE;
}

/** Whether something of the board is let to us now. */
export function writing(live: Live): boolean {
  return place(live).kind !== "nowhere";
}
