"""A term's lessons day by day, as a calendar has them: those that are cancelled, too."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from msgspec import Struct

from .places import Bell, School
from .timetable import Kind, Slot, Term, bell_of, planned_on

BEFORE, AHEAD = 28, 200
"""Days: a term, and the weeks behind; as long something that is taken out stays as cancelled."""
NOTHING: Mapping[str, date] = {}


class Entry(Struct, frozen=True):
    """A lesson on a day."""

    slot: Slot
    day: date
    bell: Bell
    cancelled: bool

    @property
    def uid(self) -> str:
        """The same as long as the lesson is, whenever it is asked for (RFC 5545 §3.8.4.7)."""
        return f"{self.day:%Y%m%d}-{self.slot.id}@synclass"


def entries(
    slots: Iterable[Slot],
    term: Term,
    first: date,
    last: date,
    schools: Mapping[str, School],
    *,
    removed: Mapping[str, date] = NOTHING,
) -> list[Entry]:
    """What rings from one day to another, both included, in order.

    ``removed`` says from which day on a lesson is not held any more: it stays as cancelled.

    Lessons of the library are taken at a time of one's own: they have no place in a calendar.
    """
    ringing = [(s, bell_of(s, schools)) for s in slots if s.kind is not Kind.LIBRARY]
    weekly = [(slot, bell) for slot, bell in ringing if bell]
    weekly.sort(key=lambda one: (one[1].starts, one[0].id))
    bells = {slot.id: bell for slot, bell in weekly}
    found = []
    day, last = max(first, term.first), min(last, term.last)
    while day <= last:
        for slot in planned_on((slot for slot, _ in weekly), term, day):
            off = day in slot.cancelled or day >= removed.get(slot.id, date.max)
            found.append(Entry(slot, day, bells[slot.id], off))
        day += timedelta(days=1)
    return found
