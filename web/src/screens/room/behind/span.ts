// Which way leads from a moment that was missed to the live lesson: pure questions about seconds.
import type { TrackFile } from "../../replay/files";
import type { Voice } from "../../replay/quiet";

const SHORT = 0.3; // seconds of silence that are not worth a jump: a breath
const TAIL = 3; // seconds after which what was said is surely recorded
const STUCK = 10; // without a word from a voice that is live: it is lost, not late
const SETTLES = 2; // seconds until what comes again is heard: a jitter buffer, a page that is painted
const WAITS = 1; // seconds that a voice may wait in one
const WORTH = 2; // seconds heard: for less nothing is passed over
const HURRIED = 3; // times as fast, while nobody says anything
const BREATH = 0.3; // seconds of silence before: a breath stays a breath
const SLOWS = 1.5; // seconds before the next word: half a second at that speed

/** Where to go on: over silence and over what was heard here already; null where to stay. */
export function jumpFrom(
  at: number,
  silentUntil: readonly (number | null)[],
  heard: readonly (readonly [number, number])[],
  known: number,
): number | null {
  const again = heard.find(([from, to]) => from <= at && at < to);
  if (again) return again[1];
  if (silentUntil.some((until) => until === null)) return null; // it is still to be fetched
  const next = Math.min(known, ...(silentUntil as number[]));
  return next > at + SHORT ? next : null;
}

/**
 * What was heard here between two moments: none of it is watched again.  The first packets are not
 * heard at once, and the last are still in the jitter buffer.
 */
export function heardLive(from: number, to: number): [from: number, to: number][] {
  const [begins, ends] = [from + SETTLES, to - WAITS];
  return ends - begins > WORTH ? [[begins, ends]] : [];
}

/** How fast to go at a moment: faster where it is known that nobody speaks for a while. */
export function paceOf(at: number, until: number, voices: readonly Voice[], rate: number): number {
  const quiet = Math.min(until, ...voices.map((voice) => voice.quietUntil(at)));
  const since = Math.max(0, at - BREATH);
  const still = voices.every((voice) => voice.quietUntil(since) >= at);
  return still && quiet - at > SLOWS ? HURRIED : rate;
}

/** Until when everything said is recorded, by a list that was asked for at a moment. */
export function knownUntil(
  files: readonly TrackFile[],
  listedAt: number,
  speaks: (who: string) => boolean,
): number {
  const growing = files.filter((file) => file.live && file.track === "voice" && speaks(file.who));
  const ends = growing.map((file) => file.ends_ms / 1000);
  return ends.length ? Math.max(listedAt - STUCK, Math.min(...ends)) : listedAt - TAIL;
}

/** Earlier lists and a new one, which names only the clusters since. */
export function merged(known: readonly TrackFile[], fresh: readonly TrackFile[]): TrackFile[] {
  const byName = new Map(known.map((file) => [file.name, file]));
  for (const file of fresh) {
    const before = byName.get(file.name)?.clusters ?? [];
    const last = before.length ? before[before.length - 1][0] : -1;
    const clusters = [...before, ...file.clusters.filter(([ms]) => ms > last)];
    byName.set(file.name, { ...file, clusters });
  }
  return [...byName.values()];
}
