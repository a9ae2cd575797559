// From when to when a lesson was not recorded: so the log says.
import type { Entry } from "./timeline";

const AWAY = 8; // seconds of tape that are kept for a recorder that has fallen: no less is lost

export interface Gap {
  from: number;
  to: number;
}

/** In order of time, none touching another: voices that were missed, and a light that was out. */
export function gapsOf(entries: readonly Entry[]): Gap[] {
  const found: Gap[] = [];
  let dark: number | null = null;
  for (const { at, fact } of entries) {
    if (fact.t === "track.missed" && fact.track === "voice") {
      found.push({ from: fact.since, to: fact.until });
    } else if (fact.t === "lesson.ended" || (fact.t === "track.taping" && fact.on)) {
      if (dark !== null && at - dark > AWAY) found.push({ from: dark, to: at });
      dark = null;
    } else if (fact.t === "track.taping") dark = at;
  }
  return joined(found.sort((a, b) => a.from - b.from));
}

export const inGap = (gaps: readonly Gap[], at: number): boolean =>
  gaps.some((gap) => gap.from <= at && at < gap.to);

function joined(gaps: readonly Gap[]): Gap[] {
  const found: Gap[] = [];
  for (const gap of gaps) {
    const last = found[found.length - 1];
    if (last !== undefined && gap.from <= last.to) last.to = Math.max(last.to, gap.to);
    else found.push({ ...gap });
  }
  return found;
}
