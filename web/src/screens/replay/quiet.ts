// Where a replay may go on while nobody speaks and nothing happens on the screen.
import { type Entry, upperBound } from "./timeline";

/** Seconds of silence that stay, and before what comes next; how many a leap saves at least. */
export interface Terms {
  breath: number;
  before: number;
  worth: number;
}

/** Speech needs its pauses, and its first sound is heard. */
const AT_EASE: Terms = { breath: 0.6, before: 0.4, worth: 1.5 };

/** Facts that nobody sees on the board or beside it. */
const UNSEEN = /^(track|lesson\.(lost|left|joined)|handout|link|hand)\b/;

/** What a track of voice is known to be silent for, from a moment on. */
export interface Voice {
  quietUntil(at: number): number;
}

/** The moment (s) to go on from, or null where nothing is worth passing over. */
export function leapFrom(
  at: number,
  voices: readonly Voice[],
  entries: readonly Entry[],
  { breath, before, worth }: Terms = AT_EASE,
): number | null {
  const heard = Math.min(...voices.map((voice) => voice.quietUntil(at)));
  if (heard - before < at + worth) return null;
  const since = at - breath;
  if (voices.some((voice) => voice.quietUntil(Math.max(since, 0)) < at)) return null;
  const to = Math.min(heard, nextSeen(entries, since, heard)) - before;
  return to > at + worth ? to : null;
}

/** When something is to be seen next, from a moment on; nobody looks further than `until`. */
function nextSeen(entries: readonly Entry[], from: number, until: number): number {
  for (let n = upperBound(entries, from, (entry) => entry.at); n < entries.length; n++) {
    const { at, fact } = entries[n];
    if (at >= until) return until;
    if (!UNSEEN.test(fact.t)) return at;
  }
  return until;
}
