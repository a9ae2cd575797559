"""The lessons of a week, and which of them were held."""

from datetime import date
from typing import Protocol

from msgspec import Struct

from synclass.school.timetable import Slot
from synclass.words import LessonId


class Held(Struct, frozen=True):
    """What a school taught: lessons of its timetable, the classrooms in them, and how long."""

    school: str
    lessons: int
    rooms: int
    seconds: float


class Removed(Struct, frozen=True):
    """A lesson that was taken out of the timetable, as it was."""

    slot: Slot
    day: date
    """From when on it is not held any more."""


class Timetable(Protocol):
    """The lessons of a week, and which of them were held."""

    async def slots(
        self,
        term: str,
        *,
        school: str = "",
        teacher: str = "",
        rooms: list[str] | None = None,
        weekday: int = 0,
    ) -> list[Slot]:
        """By weekday and bell: of a school, or where it listens; of a teacher; of any of rooms."""

    async def slot(self, id_: str) -> Slot | None: ...
    async def slot_of(self, lesson: LessonId) -> Slot | None:
        """What a lesson was opened for, if the timetable opened it."""

    async def opened(self, day: date) -> dict[str, LessonId]:
        """The lessons of a day that were opened, by their slot."""

    async def note_opening(self, slot: Slot, day: date, lesson: LessonId) -> None:
        """Raises Refused("taken") where somebody has opened it."""

    async def note_removed(self, slot: Slot, day: date, *, until: date) -> None:
        """It is taken out from this day on; what was until another day is forgotten."""

    async def removed(self, term: str) -> list[Removed]:
        """What was taken out of a term's timetable and is not forgotten yet, by id."""

    async def held(self, first: date, last: date) -> list[Held]:
        """What each school taught in these days, the last one included."""
