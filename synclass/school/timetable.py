"""The week's lessons of a term, and where two of them want the same teacher, room or minute."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Literal

from msgspec import Struct, structs

from ..errors import Refused
from .places import Bell, School, check_name

MOST_LISTENERS = 40
"""Rooms that listen to one lesson; more join by its code."""
AHEAD = 15
"""Minutes before its bell that a lesson opens: rooms come in, courseware is fetched."""
MOST_CANCELLED = 60
"""Days on which a lesson is not held: a year has no more weeks."""
SLACK = 10
"""Minutes by which a lesson may begin beside a listening school's own bell."""


class Kind(StrEnum):
    """The three kinds of lessons, and the service after school."""

    DEDICATED = "dedicated"
    """专递课堂: for rooms that lack the teacher."""
    MASTER = "master"
    """名师课堂: an open lesson of a famous teacher."""
    LIBRARY = "library"
    """名校网络课堂: recorded, taken together at a time of one's own."""
    AFTER_SCHOOL = "after-school"
    """课后服务."""


class Term(Struct, frozen=True):
    id: str
    name: str
    first: date
    last: date
    version: int = 0


class Slot(Struct, frozen=True):
    """A lesson that comes back each week of a term, at a bell of the school that teaches it."""

    id: str
    term: str
    school: str
    title: str
    subject: str
    teacher: str
    """A person's id."""
    room: str
    weekday: int
    """1 is Monday."""
    period: int
    """Which bell of the teaching school, from 1."""
    listeners: list[str] = []
    """Classrooms of other schools, or of this one."""
    kind: Kind = Kind.DEDICATED
    weeks: Literal["all", "odd", "even"] = "all"
    """Of the term, whose first week is odd."""
    version: int = 0
    cancelled: list[date] = []
    """Days on which it is not held (停课), in order."""
    course: str = ""
    """The one it belongs to, if any."""

    @property
    def rooms(self) -> list[str]:
        return [self.room, *self.listeners]


class Clash(Struct, frozen=True):
    """Why a lesson cannot be held as it stands."""

    what: Literal["teacher", "room", "bells"]
    which: str
    """The teacher, the room, or the school with other bells."""
    slot: str
    other: str = ""
    """The lesson it clashes with."""


def check_term(term: Term) -> None:
    check_name(term.id, term.name)
    if not 0 < (term.last - term.first).days <= 366:
        raise Refused("bad-term", "a term ends after it begins, and within a year")


def check_slot(slot: Slot, school: School) -> None:
    """Raise Refused("bad-slot") where it cannot be whatever else there is."""
    check_name(slot.id, slot.title)
    if not 1 <= slot.weekday <= 7:
        raise Refused("bad-slot", "a weekday is 1 (Monday) to 7")
    most = len(bells_of(school, slot.kind))
    if not 1 <= slot.period <= most:
        raise Refused("bad-slot", f"{school.name} has {most} lessons a day")
    if len(slot.listeners) > MOST_LISTENERS:
        raise Refused("bad-slot", f"at most {MOST_LISTENERS} rooms listen to a lesson")
    if len(set(slot.rooms)) < len(slot.rooms):
        raise Refused("bad-slot", "a room is there only once")
    _check_cancelled(slot)


def _check_cancelled(slot: Slot) -> None:
    days = slot.cancelled
    if len(days) > MOST_CANCELLED or any(one >= other for one, other in pairwise(days)):
        raise Refused("bad-slot", f"at most {MOST_CANCELLED} days without it, in order")
    if any(day.isoweekday() != slot.weekday for day in days):
        raise Refused("bad-slot", "a day without it is one of its weekday")


def bells_of(school: School, kind: Kind) -> list[Bell]:
    """When its lessons of a kind are held: the service after school may have bells of its own."""
    return school.after_bells if kind is Kind.AFTER_SCHOOL and school.after_bells else school.bells


def bell_of(slot: Slot, schools: Mapping[str, School]) -> Bell | None:
    """When it is held, or None where its school has lost that bell since."""
    bells = bells_of(schools[slot.school], slot.kind) if slot.school in schools else []
    return bells[slot.period - 1] if 1 <= slot.period <= len(bells) else None


def moved(slots: Iterable[Slot], before: School, now: School) -> list[Slot]:
    """Lessons of its service after school, at the bells that it goes by from now on.

    Where it has got bells of its own, or has them no more, each goes to the one that rings nearest.
    """
    if bool(before.after_bells) is bool(now.after_bells):
        return []
    old, new = (bells_of(one, Kind.AFTER_SCHOOL) for one in (before, now))
    ours = (one for one in slots if one.school == now.id and one.kind is Kind.AFTER_SCHOOL)
    return [
        structs.replace(slot, period=_nearest(old[slot.period - 1], new))
        for slot in ours
        if new and 1 <= slot.period <= len(old)
    ]


def lost(slots: Iterable[Slot], before: School, now: School) -> Slot | None:
    """The first lesson whose bell would be there no more."""
    for slot in slots:
        was, left = (len(bells_of(one, slot.kind)) for one in (before, now))
        if slot.school == now.id and left < slot.period <= was:
            return slot
    return None


def _nearest(bell: Bell, bells: list[Bell]) -> int:
    away = [abs(one.starts - bell.starts) for one in bells]
    return away.index(min(away)) + 1


def clashes(
    slots: Iterable[Slot], schools: Mapping[str, School], school_of: Mapping[str, str]
) -> list[Clash]:
    """All clashes of a term: two at one teacher or room, or beside the bells of who listens.

    ``school_of`` has the school of each classroom.
    """
    found = []
    wanted: dict[tuple[Literal["teacher", "room"], str, int], list[tuple[Bell, Slot]]] = {}
    for slot in slots:
        bell = bell_of(slot, schools)
        if bell is None:
            found.append(Clash("bells", slot.school, slot.id))
            continue
        wanted.setdefault(("teacher", slot.teacher, slot.weekday), []).append((bell, slot))
        for room in slot.rooms:
            wanted.setdefault(("room", room, slot.weekday), []).append((bell, slot))
        found += _beside_bells(slot, bell, schools, school_of)
    for (what, which, _), held in wanted.items():
        found += [Clash(what, which, one.id, other.id) for one, other in _at_once(held)]
    return found


def _beside_bells(
    slot: Slot, bell: Bell, schools: Mapping[str, School], school_of: Mapping[str, str]
) -> Iterator[Clash]:
    """A school that listens has a lesson of its own then, which is that lesson."""
    for school in dict.fromkeys(school_of.get(room, "") for room in slot.listeners):
        bells = bells_of(schools[school], slot.kind) if school in schools else []
        if bells and not any(abs(bell.starts - own.starts) <= SLACK for own in bells):
            yield Clash("bells", school, slot.id)


def _at_once(held: list[tuple[Bell, Slot]]) -> Iterator[tuple[Slot, Slot]]:
    """Pairs whose times meet, of all that want one thing on one weekday."""
    if len(held) < 2:
        return
    held.sort(key=lambda one: (one[0].starts, one[0].ends, one[1].id))
    if all(one[0].ends <= other[0].starts for one, other in pairwise(held)):
        return
    for n, (bell, slot) in enumerate(held):
        for later, other in held[n + 1 :]:
            if later.starts >= bell.ends:
                break
            if slot.weeks == other.weeks or "all" in (slot.weeks, other.weeks):
                yield slot, other


def week_of(term: Term, day: date) -> int:
    """Which week of the term, from 1; 0 where the day is not of it."""
    if not term.first <= day <= term.last:
        return 0
    before = term.first.isoweekday() - 1  # weeks begin on Monday, whenever the term does
    return ((day - term.first).days + before) // 7 + 1


def planned_on(slots: Iterable[Slot], term: Term, day: date) -> list[Slot]:
    """The lessons of a day, with those that are cancelled."""
    week = week_of(term, day)
    kinds = {"all", "odd" if week % 2 else "even"} if week else set()
    return [slot for slot in slots if slot.weekday == day.isoweekday() and slot.weeks in kinds]


def held_on(slots: Iterable[Slot], term: Term, day: date) -> list[Slot]:
    """The lessons of a day."""
    return [slot for slot in planned_on(slots, term, day) if day not in slot.cancelled]


def due(slots: Iterable[Slot], schools: Mapping[str, School], minute: int) -> list[Slot]:
    """Those of today's lessons that should be open at a minute of the day."""
    bells = [(slot, bell_of(slot, schools)) for slot in slots if slot.kind is not Kind.LIBRARY]
    return [slot for slot, bell in bells if bell and bell.starts - AHEAD <= minute < bell.ends]
