// What our hand did on a layer of our own, kept in this tab when its page is loaded anew.
import type { NewMark } from "../wire.gen";

/** Marks that came, or that went. */
export interface Act {
  kind: "drawn" | "rubbed";
  page: number;
  marks: readonly NewMark[];
}

export interface Remembered {
  done: Act[];
  undone: Act[];
}

/** Where there is no room for it, it is forgotten. */
export function remember(who: string, acts: Remembered): void {
  sessionStorage.removeItem(keyOf(who));
  try {
    sessionStorage.setItem(keyOf(who), JSON.stringify(acts, asText));
  } catch {
    console.warn("synclass: no room to remember what may be undone");
  }
}

export function remembered(who: string): Remembered | null {
  const kept = sessionStorage.getItem(keyOf(who));
  return kept ? (JSON.parse(kept, asBytes) as Remembered) : null;
}

function keyOf(who: string): string {
  return `synclass.traces.${location.pathname}.${who}`;
}

/** JSON has no bytes: ink and outlines. */
function asText(_: string, value: unknown): unknown {
  return value instanceof Uint8Array ? { base64: btoa(String.fromCharCode(...value)) } : value;
}

function asBytes(_: string, value: unknown): unknown {
  const { base64 } = (value ?? {}) as { base64?: unknown };
  if (typeof base64 !== "string") return value;
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}
