// Fairness between the rooms: how long each has been silent, and who comes first by that.
import type { Participant } from "../../wire.gen";
import type { Live } from "../live/live";

/** Since when a room is silent, in lesson seconds; null while it is on stage. */
export function silentSince(live: Live, room: string): number | null {
  const person = live.store.signals.attendance.value.people.get(room);
  if (person?.on_stage_since != null) return null;
  return person?.spoke_at ?? live.store.signals.conduct.value.began_at;
}

/** Those on stage, then the longest silent; who came first where nobody has spoken. */
export function fairly(live: Live, rooms: Participant[]): Participant[] {
  const since = new Map(rooms.map(({ id }) => [id, silentSince(live, id) ?? -1]));
  return [...rooms].sort((a, b) => (since.get(a.id) ?? 0) - (since.get(b.id) ?? 0));
}
