// What is where in the files of one recorded track: pure questions about offsets and times.
import { upperBound } from "./timeline";

/** One file as the server lists it: its timestamps are lesson time. */
export interface TrackFile {
  name: string;
  who: string;
  track: "voice" | "camera" | "content";
  mime: string;
  size: number;
  header: number;
  /** [lesson ms, byte offset] of each place where a player may begin. */
  clusters: [number, number][];
  ends_ms: number;
  live: boolean;
  /** Its key was destroyed: nothing of it is left to be played. */
  erased?: boolean;
}

/** A place in a list of files: a player may begin there once it has the file's header. */
export interface Place {
  file: number;
  offset: number;
}

/** A piece of a file to fetch: bytes from `from` up to but not with `to`. */
export interface Piece {
  file: number;
  from: number;
  to: number;
}

/** Where to begin for a moment (s): at it, or at the next file; null when none follows. */
export function placeOf(files: readonly TrackFile[], at: number): Place | null {
  const file = files.findIndex((one) => one.ends_ms > at * 1000);
  if (file < 0) return null;
  const { clusters } = files[file];
  const before = upperBound(clusters, at * 1000, ([ms]) => ms);
  return { file, offset: clusters[Math.max(before - 1, 0)][1] };
}

/** The moment (s) of the next sound or picture from `at` on; null when nothing follows. */
export function nextAt(files: readonly TrackFile[], at: number): number | null {
  const file = files.find((one) => one.ends_ms > at * 1000);
  return file ? Math.max(file.clusters[0][0] / 1000, at) : null;
}

/** Whether a file has something at this moment (s), gaps within a file aside. */
export function covers(files: readonly TrackFile[], at: number): boolean {
  return nextAt(files, at) === at;
}

/** The next bytes after a place, at most so many; null where the file has no more yet. */
export function pieceAt(files: readonly TrackFile[], place: Place, most: number): Piece | null {
  const { size } = files[place.file];
  if (place.offset >= size) return null;
  return { file: place.file, from: place.offset, to: Math.min(size, place.offset + most) };
}

/** The beginning of the file after a place's, once that one is read to its end. */
export function following(files: readonly TrackFile[], place: Place): Place | null {
  const { live, size } = files[place.file];
  const next = files[place.file + 1];
  if (!next || live || place.offset < size) return null;
  return { file: place.file + 1, offset: next.clusters[0][1] };
}

/** Up to when (s) nothing is missing where all bytes before a place were read. */
export function readUntil(files: readonly TrackFile[], place: Place): number {
  const { clusters, size, ends_ms } = files[place.file];
  if (place.offset >= size) return ends_ms / 1000;
  const before = upperBound(clusters, place.offset, ([, offset]) => offset);
  return clusters[Math.max(before - 1, 0)][0] / 1000;
}

/** Those that this browser can play, and the others; none that was erased. */
export function playable(files: readonly TrackFile[]): [TrackFile[], TrackFile[]] {
  const left = files.filter((file) => !file.erased);
  const can = left.filter(({ mime }) => MediaSource.isTypeSupported(mime));
  return [can, left.filter((file) => !can.includes(file))];
}

/** Files of each track in order of time, under `who/track`. */
export function byTrack(files: readonly TrackFile[]): Map<string, TrackFile[]> {
  const found = new Map<string, TrackFile[]>();
  for (const file of files) {
    const key = `${file.who}/${file.track}`;
    found.set(key, [...(found.get(key) ?? []), file]);
  }
  for (const list of found.values()) list.sort((a, b) => a.clusters[0][0] - b.clusters[0][0]);
  return found;
}
