// For Node, beside fold.ts: what the browser's code makes of a classroom that is behind.
import type { Voice } from "./screens/replay/quiet";
import { delayOf } from "./screens/room/behind/align";
import { spareOf } from "./screens/room/behind/drain";
import { Frames } from "./screens/room/behind/frames";
import { Landing, type Seen, type Voices } from "./screens/room/behind/landing";
import { heardLive, jumpFrom, knownUntil, merged, paceOf } from "./screens/room/behind/span";
import { missedBefore } from "./screens/room/memory";

type Tone = [amplitude: number, hertz: number];

const RATE = 48_000;

export const BEHIND = {
  jump: jumpFrom,
  known: (list: string, listedAt: number, speaking: string[]) =>
    knownUntil(JSON.parse(list), listedAt, (who) => speaking.includes(who)),
  merged: (known: string, fresh: string) => merged(JSON.parse(known), JSON.parse(fresh)),
  pace: (at: number, until: number, quiet: [number, number][], rate: number) =>
    paceOf(at, until, [voiceOf(quiet)], rate),
  heardLive,
  missed: (heard: number | null, began: number, seconds: number, since: number, now: number) =>
    missedBefore(heard, began, { seconds, since }, now),
  delay: (past: Tone[], live: Tone[], most: number) => delayOf(framesOf(past), framesOf(live), most),
  spare: (delay: number, live: Tone[]) => spareOf(delay, framesOf(live)),
  landing: (steps: string, found: number | null, stillFor: number) => {
    const landing = new Landing();
    const voices: Voices = { stillFor, apart: () => found, holds: () => true };
    const looks = JSON.parse(steps) as Seen[];
    return looks.map((seen) => [landing.look(seen, voices), landing.near, landing.slows]);
  },
};

/** A tone in each hundredth of a second; where there is none it is not known what was heard. */
function framesOf(tones: readonly (Tone | null)[]): Frames {
  const frames = new Frames();
  for (const [n, tone] of tones.entries()) if (tone) frames.put(n, sine(tone));
  return frames;
}

const sine = ([amplitude, hertz]: Tone) =>
  Float32Array.from({ length: RATE / 100 }, (_, i) => amplitude * Math.sin((2 * Math.PI * hertz * i) / RATE));

function voiceOf(quiet: [number, number][]): Voice {
  const until = (at: number) => quiet.find(([from, to]) => from <= at && at < to)?.[1] ?? at;
  return { quietUntil: until };
}
