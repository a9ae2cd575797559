// The pupils of a classroom in words, and whose room is whose; without what only some screens load.
import { t } from "../../i18n";
import type { Participant, Roster } from "../../wire.gen";
import type { Live } from "./live";

/** How many pupils are here. */
export function countHere(roster: Roster): number {
  return roster.pupils.filter((pupil) => pupil.here).length;
}

/** A seat map's rows. */
export const rowsOf = (columns: number) => ({
  gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
});

/** Where a pupil sits in it; whoever has no seat stands behind the last row, and a list has no map. */
export function placeOf({ seats, columns, pupils }: Roster, i: number) {
  const seat = seats[i] ?? 0;
  if (seat) return { gridColumn: ((seat - 1) % columns) + 1, gridRow: Math.ceil(seat / columns) };
  const sitting = seats.filter(Boolean);
  if (!sitting.length) return {};
  const standing = seats.slice(0, Math.min(i, pupils.length)).filter((one) => !one).length;
  const last = Math.ceil(Math.max(...sitting) / columns);
  return { gridColumn: (standing % columns) + 1, gridRow: last + 1 + Math.floor(standing / columns) };
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
