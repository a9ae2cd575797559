// Which way leads from a moment that was missed to the live lesson: pure questions about seconds.
import type { TrackFile } from "../../replay/files";

const SHORT = 0.3; // seconds of silence that are not worth a jump: a breath
const TAIL = 2; // seconds after which what was said is surely recorded

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

/** Until when everything said is recorded, by a list that was asked for at a moment. */
export function knownUntil(files: readonly TrackFile[], listedAt: number): number {
  const growing = files.filter((file) => file.live && file.track === "voice");
  return Math.max(listedAt - TAIL, ...growing.map((file) => file.ends_ms / 1000));
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
