// What a test may ask this page: the state, the board's pixels as a number, the lesson's time.
import type { Player } from "./player";
import type { Track } from "./track";

/** Answer on `window.synclass` until the returned function is called. */
export function expose(player: Player): () => void {
  const page = window as { synclass?: unknown };
  page.synclass = {
    state: () => player.scene.states,
    seq: () => player.timeline.entries[player.scene.count - 1]?.seq ?? 0,
    boardHash: () => player.painter?.hash() ?? "",
    pictured: () => player.painter?.pictured() ?? false,
    now: () => player.now(),
    drifts: () => player.tracks.value.map((track) => drift(track, player.now())),
    seek: (at: number) => player.seek(at),
  };
  return () => {
    delete page.synclass;
  };
}

function drift(track: Track, at: number): [string, string, number | null] {
  return [track.who, track.name, track.drift(at)];
}
