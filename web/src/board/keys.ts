// The keyboard at the board: take back and do again, and what the held tool makes of a key.

/** What a key does; true where it meant something here. */
export interface Keys {
  undo(): unknown;
  redo(): unknown;
  key(key: string, event: KeyboardEvent): boolean;
}

/** Listen to the whole page, except where somebody writes into a field. */
export function listen(keys: Keys): () => void {
  const heard = (event: KeyboardEvent) => {
    if (event.isComposing || inField(event.target)) return;
    if (press(keys, event)) event.preventDefault();
  };
  addEventListener("keydown", heard);
  return () => removeEventListener("keydown", heard);
}

function press(keys: Keys, event: KeyboardEvent): boolean {
  const key = event.key.toLowerCase();
  if ((event.ctrlKey || event.metaKey) && !event.altKey) {
    const again = key === "y" || (key === "z" && event.shiftKey);
    if (again) keys.redo();
    else if (key === "z") keys.undo();
    if (again || key === "z") return true;
  }
  return keys.key(event.key, event);
}

/** A button that has the focus is pressed by its own keys. */
function inField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}
