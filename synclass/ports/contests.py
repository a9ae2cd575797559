"""Contests of lessons, what was entered and what judges gave."""

from typing import Protocol

from synclass.postclass.contest import Contest, Entered, Verdict
from synclass.words import LessonId


class Contests(Protocol):
    """All of it is put and removed as things of a district are; with a contest all of it goes."""

    async def contests(self) -> list[Contest]:
        """Those that are judged first, then the last that was closed."""

    async def contest(self, id_: str) -> Contest | None: ...
    async def contests_with(self, lesson: LessonId) -> list[Contest]:
        """In which a lesson was entered."""

    async def entered(self, contest: str = "") -> list[Entered]:
        """In a contest, or in any; as they were entered."""

    async def verdicts(self, contest: str = "") -> list[Verdict]:
        """In a contest, or in any; as they were given."""
