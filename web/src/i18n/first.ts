// The language that a page begins with, known before any words are here.

export type Lang = "zh" | "en";

export const KEPT = "synclass.lang";

/** As the address asks, as this device remembers, or as the browser prefers. */
export function first(): Lang {
  const asked = new URLSearchParams(location.search).get("lang");
  for (const one of [asked, kept(), ...navigator.languages]) {
    const two = one?.slice(0, 2).toLowerCase();
    if (two === "zh" || two === "en") return two;
  }
  return "zh";
}

/** Null where the browser forbids storage. */
function kept(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}
