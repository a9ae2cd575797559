// The pupils of a classroom in words, and whose room is whose; without what only some screens load.
import { t } from "../../i18n";
import type { Participant, Roster } from "../../wire.gen";
import type { Live } from "./live";

/** How many pupils are here. */
export function countHere(roster: Roster): number {
  return roster.pupils.filter((pupil) => pupil.here).length;
}

/** A pupil's name, or their number where the list has none. */
export function called(name: string, number: number): string {
  return name || t("roll.number", { n: number });
}

/** The rooms we may speak for: our own, or as a co-teacher those of our school. */
export function ourRooms(live: Live): Participant[] {
  const you = live.store.you.value;
  const present = [...live.store.signals.conduct.value.present.values()];
  const rooms = present.filter(({ role }) => role === "classroom");
  if (you?.role !== "co-teacher") return rooms.filter(({ id }) => id === you?.id);
  return rooms.filter(({ school }) => school !== "" && school === you.school);
}

export function isOurs(live: Live, room: string): boolean {
  return ourRooms(live).some(({ id }) => id === room);
}
