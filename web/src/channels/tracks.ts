// Which voices and pictures are there, how their clocks run, and whether the tape is running.
import type { Clock, Fact } from "../wire.gen";
import { UNSEEN } from "./conduct";

export interface Tracks {
  /** The codec of each live track, under `participant/track`. */
  live: Map<string, string>;
  clocks: Map<string, Clock>;
  taping: boolean;
  /** Who is here and may be heard or seen. */
  publishers: string[];
}

export type TrackName = "voice" | "camera" | "content";

export const follows = [
  ...["track.published", "track.silent", "track.clock", "track.taping", "track.missed"],
  ...["lesson.joined", "lesson.left", "lesson.ended"],
] as const;

export function fresh(): Tracks {
  return { live: new Map(), clocks: new Map(), taping: false, publishers: [] };
}

export function fold(state: Tracks, fact: Fact, _at: number): void {
  switch (fact.t) {
    case "track.published":
      state.live.set(key(fact.who, fact.track), fact.codec);
      break;
    case "track.silent":
      state.live.delete(key(fact.who, fact.track));
      break;
    case "track.clock":
      state.clocks.set(key(fact.who, fact.track), { rtp: fact.rtp, at: fact.at });
      break;
    case "track.taping":
      state.taping = fact.on;
      break;
    case "lesson.joined":
      if (!UNSEEN.includes(fact.who.role) && !state.publishers.includes(fact.who.id)) {
        state.publishers.push(fact.who.id);
      }
      break;
    case "lesson.left":
      state.publishers = state.publishers.filter((who) => who !== fact.who);
      for (const live of [...state.live.keys()]) {
        if (live.startsWith(`${fact.who}/`)) state.live.delete(live);
      }
      break;
    case "lesson.ended":
      state.live.clear();
      state.taping = false;
  }
}

export function isLive(state: Tracks, who: string, track: TrackName): boolean {
  return state.live.has(key(who, track));
}

function key(who: string, track: TrackName): string {
  return `${who}/${track}`;
}
