"""Courses, and who has been through which of their lessons."""

from typing import Protocol

from synclass.school.course import Course, Step
from synclass.school.timetable import Kind, Slot


class Courses(Protocol):
    """Courses; put and removed as things of a district are."""

    async def courses(
        self,
        *,
        kind: Kind | None = None,
        school: str = "",
        text: str = "",
        archived: bool = False,
        limit: int = 500,
    ) -> list[Course]:
        """By title, in use or archived; each word is in title, subject, grade or teacher's name."""

    async def course(self, id_: str) -> Course | None: ...
    async def slots_of(self, course: str) -> list[Slot]:
        """The lessons of the timetable that belong to it."""

    async def steps(self, course: str, *, school: str = "") -> list[Step]:
        """What was taken of it, the oldest first; by those of one school, if one is named."""

    async def note_step(self, step: Step) -> None:
        """Keep it; what was taken before stays as it was."""
