// What this classroom may do now: whether it is on stage, and whether the board is let to it.
import { mayWrite } from "../../channels/board";
import type { Live } from "../live/live";

export function isOnStage(live: Live): boolean {
  const you = live.store.you.value;
  return you !== null && live.store.signals.stage.value.on.has(you.id);
}

/** Whether the board is let to us now. */
export function writing(live: Live): boolean {
  const you = live.store.you.value;
  const board = live.store.signals.board.value;
  const { stage } = live.store.signals.conduct.value;
  return you !== null && stage !== "postclass" && mayWrite(board, you);
}
