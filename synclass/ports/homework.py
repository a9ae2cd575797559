"""Homework, and what pupils hand in."""

from typing import Protocol

from synclass.postclass.homework import Homework, Work
from synclass.words import LessonId


class Homeworks(Protocol):
    """Homework, and what pupils hand in; both are put and removed as things of a district are."""

    async def homework(self, id_: str) -> Homework | None: ...
    async def homework_by_code(self, code: str) -> Homework | None: ...
    async def homework_of(self, lesson: LessonId) -> list[Homework]:
        """The oldest first."""

    async def works(self, homework: str, *, school: str = "") -> list[Work]:
        """By school and pupil."""

    async def work(self, id_: str) -> Work | None: ...
    async def work_of(self, homework: str, school: str, pupil: str) -> Work | None: ...
    async def work_by_receipt(self, receipt: str) -> Work | None: ...
    async def works_of_pupil(self, school: str, pupil: str) -> list[Work]:
        """All that somebody handed in, the newest first."""
