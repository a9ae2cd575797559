"""What was written and shown in lessons, kept to be looked through."""

from collections.abc import Sequence
from typing import Protocol

from synclass.postclass.wording import Line
from synclass.words import LessonId


class Wordings(Protocol):
    """The words of ended lessons; those of a lesson go with its card."""

    async def keep_wording(self, lesson: LessonId, lines: Sequence[Line]) -> None:
        """In the place of what was kept; nothing where there is no such lesson (any more)."""

    async def without_wording(self, *, limit: int) -> list[LessonId]:
        """Ended lessons that were not read yet, the newest first."""

    async def wordings(self, lessons: Sequence[LessonId]) -> dict[LessonId, list[Line]]: ...
