// Fairness between the rooms: how long each has been silent, and who comes first by that.
import type { Participant } from "../../wire.gen";
import type { Live } from "../live/live";

/** Since when nobody of a room spoke or was looked at, in lesson seconds; null on stage, or before the bell. */
export function silentSince(live: Live, room: string): number | null {
  const person = live.store.signals.attendance.value.people.get(room);
  const bell = live.store.signals.conduct.value.began_at;
  if (bell === null || person?.on_stage_since != null) return null;
  const turns = [person?.came_at, person?.spoke_at, person?.looked_at];
  return Math.max(bell, ...turns.map((at) => at ?? 0));
}

/** Those on stage, then the longest silent; who came first where nobody had a turn. */
export function fairly(live: Live, rooms: Participant[]): Participant[] {
  const since = new Map(rooms.map(({ id }) => [id, silentSince(live, id) ?? -1]));
  return [...rooms].sort((a, b) => (since.get(a.id) ?? 0) - (since.get(b.id) ?? 0));
}
