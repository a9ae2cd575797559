// What a mark may be, and the key M that sets one, except where somebody writes.
import type { Bookmark } from "../../wire.gen";

export const LONGEST = 80; // characters of a mark
export const KINDS = ["key", "hard", "example", "note"] as const satisfies Bookmark["kind"][];

/** Listen until the returned function is called. */
export function heardM(press: () => void): () => void {
  const heard = (event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== "m" || event.isComposing || event.repeat) return;
    if (event.ctrlKey || event.metaKey || event.altKey || writes(event.target)) return;
    event.preventDefault();
    press();
  };
  addEventListener("keydown", heard);
  return () => removeEventListener("keydown", heard);
}

function writes(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches("input:not([type=range]), textarea, select");
}
