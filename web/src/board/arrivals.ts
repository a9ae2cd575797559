// What a painter waits for: pictures and the setter of formulas come later than the marks do.

const listeners = new Set<() => void>();

/** Called when something that was painted as a placeholder can be painted now. */
export function onArrival(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function arrived(): void {
  for (const listener of listeners) listener();
}
