// Where somebody may write on a page: all over it, in boxes, on a layer of one's own, or nowhere.
import { type Box, boxesOf, mayWrite } from "../channels/board";
import type { States } from "../channels/index";
import type { Participant } from "../wire.gen";

export type Place =
  | { kind: "page" | "layer" | "nowhere" }
  | { kind: "boxes"; boxes: readonly Box[] };

export const NOWHERE: Place = { kind: "nowhere" };
const HAS_LAYER: readonly string[] = ["classroom", "co-teacher"];

/** While the layers are open, a classroom writes on its own whatever else is let to it. */
export function placeFor(
  { board, conduct, layers }: Pick<States, "board" | "conduct" | "layers">,
  who: Participant,
  page: number,
): Place {
  if (conduct.stage === "postclass") return NOWHERE;
  if (layers.open && HAS_LAYER.includes(who.role)) return { kind: "layer" };
  if (mayWrite(board, who)) return { kind: "page" };
  const boxes = boxesOf(board, who, page);
  return boxes.length ? { kind: "boxes", boxes } : NOWHERE;
}

/** Whether a box holds a point, both in units. */
export function holds([left, top, width, height]: Box, x: number, y: number): boolean {
  return x >= left && x <= left + width && y >= top && y <= top + height;
}
