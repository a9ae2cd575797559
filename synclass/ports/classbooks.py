"""What is kept of pupils over the lessons."""

from typing import Protocol

from synclass.classbook import Classbook, Past
from synclass.words import LessonId


class Classbooks(Protocol):
    """Who was there and what each said, in every lesson; of ids, never of names."""

    async def keep_book(self, lesson: LessonId, book: Classbook) -> None:
        """In place of what was kept of this lesson before."""

    async def book(self, lesson: LessonId) -> Classbook:
        """Empty where nothing was kept."""

    async def past(self, pupil: str, *, limit: int = 200) -> list[Past]:
        """A pupil's lessons, the last that began first."""

    async def forget_book(self, lesson: LessonId) -> None: ...
