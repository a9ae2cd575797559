"""Which lesson of the day a classroom should be in now, and which comes next."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta

from msgspec import Struct

from .places import Bell, School
from .timetable import Kind, Slot, Term, bell_of, held_on

ENTER = 5
"""Minutes before its bell that a paired classroom goes in."""
AHEAD_DAYS = 7
"""How far is looked for the next lesson: a week has them all, but for a holiday."""


class Ringing(Struct, frozen=True):
    """A lesson on a day, and when it is held."""

    slot: Slot
    day: date
    bell: Bell


def day_of(
    slots: Iterable[Slot], term: Term, day: date, schools: Mapping[str, School]
) -> list[Ringing]:
    """What rings on a day, in order; lessons of the library are taken at a time of one's own."""
    live = (slot for slot in held_on(slots, term, day) if slot.kind is not Kind.LIBRARY)
    found = [(slot, bell_of(slot, schools)) for slot in live]
    ringing = [Ringing(slot, day, bell) for slot, bell in found if bell]
    return sorted(ringing, key=lambda one: (one.bell.starts, one.slot.id))


def current(
    today: Iterable[Ringing], minute: int, *, live: Collection[str], over: Collection[str]
) -> Ringing | None:
    """Where a classroom should be: the last whose bell rang, or one that rings in five minutes.

    One that runs on past its end is left when the next rings.  ``live`` and ``over`` are slots
    whose lesson has begun, or has ended.
    """
    chosen = None
    for one in today:
        bell, which = one.bell, one.slot.id
        if which in over or minute < bell.starts - ENTER:
            continue
        if minute < bell.starts:
            chosen = chosen or one
        elif minute < bell.ends or which in live:
            chosen = one
    return chosen


def following(
    slots: Iterable[Slot],
    term: Term,
    today: date,
    minute: int,
    schools: Mapping[str, School],
) -> Ringing | None:
    """The first that has not rung yet, today or in the days that come."""
    weekly = list(slots)
    for ahead in range(AHEAD_DAYS + 1):
        day = today + timedelta(days=ahead)
        for one in day_of(weekly, term, day, schools):
            if ahead or one.bell.starts > minute:
                return one
    return None
