// The key M marks this moment, except where somebody writes.

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
