"""The cards of lessons."""

from collections.abc import Collection, Sequence
from typing import Protocol

from msgspec import Struct

from synclass.webhooks import News
from synclass.words import LessonId


class LessonCard(Struct, frozen=True):
    """A lesson as the lists show it.  Wall times are Unix seconds, 0 where not yet."""

    id: LessonId
    title: str
    subject: str
    teacher: str
    """The account's name."""
    code: str
    """Six digits for the door, "" once the lesson has ended."""
    made_at: float
    began_at: float = 0.0
    ended_at: float = 0.0
    kind: str = ""
    """A Kind of the timetable's; "" of one that was made by hand and is of none."""
    course: str = ""


class Within(Struct, frozen=True):
    """Among which lessons is looked for words; an empty field leaves nothing out."""

    subject: str = ""
    teacher: str = ""
    """The account's name."""
    since: float = 0.0
    until: float = float("inf")
    """Wall times: a lesson is of the time when it began, or else was made."""
    kind: str = ""
    course: str = ""
    inside: bool = False
    """Words are looked for in what was written and shown in the lesson, too."""


ANYWHERE = Within()


class Lessons(Protocol):
    """The cards of lessons."""

    async def lesson(self, lesson: LessonId) -> LessonCard | None: ...
    async def lessons_named(self, lessons: Collection[LessonId]) -> dict[LessonId, LessonCard]:
        """Those of these ids that there are, by their ids."""

    async def lesson_by_code(self, code: str) -> LessonCard | None: ...
    async def save_lesson(self, card: LessonCard, *, news: Sequence[News] = ()) -> None:
        """Add or replace by id, and keep what there is to tell of it.

        Raises Refused("code-taken") where an open lesson has the code.
        """

    async def ended(
        self, *, until: float, after: tuple[float, str], limit: int
    ) -> list[LessonCard]:
        """Those whose bell rang by a wall time, the oldest first, from the one of (time, id) on."""

    async def remove_lesson(self, lesson: LessonId) -> None:
        """Forget its card, if there is one; raises Refused("held")."""

    async def lessons(
        self, *, text: str = "", within: Within = ANYWHERE, limit: int = 200
    ) -> list[LessonCard]:
        """Newest first, where each word of ``text`` is in title, subject or teacher's names."""
