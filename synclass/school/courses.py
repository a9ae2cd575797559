"""What a term's timetable holds for each school of an alliance, and which classrooms lack what."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from .places import Classroom
from .timetable import Kind, Slot


class Taught(Struct, frozen=True):
    """What a school has of a subject."""

    school: str
    subject: str
    lessons: float
    """A week; one of every other week is half a lesson."""
    rooms: int
    """Of its classrooms that have it."""
    gives: bool
    """Some of it is taught by the school itself."""


class Gap(Struct, frozen=True):
    """What others of the alliance have, and these classrooms of a school have not."""

    school: str
    subject: str
    rooms: list[str]
    """Their names."""


def coverage(slots: Iterable[Slot], rooms: Sequence[Classroom]) -> tuple[list[Taught], list[Gap]]:
    """By subject and school; what is after school has a timetable of its own and no gaps."""
    school_of = {room.id: room.school for room in rooms}
    slots = [slot for slot in slots if slot.kind is not Kind.AFTER_SCHOOL and slot.subject]
    subjects = sorted({slot.subject for slot in slots if school_of.keys() & set(slot.rooms)})
    taught, gaps = [], []
    for subject in subjects:
        held = [slot for slot in slots if slot.subject == subject]
        for school in dict.fromkeys(school_of.values()):
            own = [room for room in rooms if room.school == school]
            if (one := _taught(held, school, subject, own)).lessons:
                taught.append(one)
            has = {id_ for slot in held for id_ in slot.rooms}
            if lacking := [room.name for room in own if room.id not in has]:
                gaps.append(Gap(school, subject, lacking))
    return taught, gaps


def _taught(held: list[Slot], school: str, subject: str, own: list[Classroom]) -> Taught:
    ids = {room.id for room in own}
    theirs = [slot for slot in held if ids & set(slot.rooms)]
    return Taught(
        school,
        subject,
        sum(1.0 if slot.weeks == "all" else 0.5 for slot in theirs),
        len(ids & {room for slot in theirs for room in slot.rooms}),
        any(slot.school == school for slot in theirs),
    )
