"""Studios of famous teachers, and what their people open and say."""

from typing import Protocol

from msgspec import Struct

from synclass.school.alliance import Word
from synclass.school.studio import Apprentice, OpenLesson, Studio
from synclass.words import LessonId

from .lessons import LessonCard


class Opened(Struct, frozen=True):
    """A lesson that a studio opens, and its card."""

    open: OpenLesson
    card: LessonCard


class Studios(Protocol):
    """Studios, apprentices and open lessons are put and removed as things of a district are."""

    async def studios(self) -> list[Studio]:
        """By subject and name."""

    async def studio(self, id_: str) -> Studio | None: ...
    async def apprentices(self, *, studio: str = "", account: str = "") -> list[Apprentice]:
        """Of a studio, or of somebody in all of them; the first to come first."""

    async def open_lessons(self, studio: str) -> list[Opened]:
        """The newest first."""

    async def studio_opening(self, lesson: LessonId) -> Studio | None:
        """The one that opens a lesson, if one does."""

    async def say_in_studio(self, word: Word) -> Word:
        """Keep it, with a new id; raises Refused("no-word"), ("too-many")."""

    async def said_in_studio(self, studio: str) -> list[Word]:
        """As they were said."""
