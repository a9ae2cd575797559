"""What schools may use, and how much their lessons weigh on the shelf."""

from typing import Protocol

from msgspec import Struct

from synclass.school.quota import Quota, Used
from synclass.words import LessonId


class Home(Struct, frozen=True):
    """A lesson that goes on, and the school that holds it."""

    lesson: LessonId
    school: str
    """"" where it is none of the district."""


class Quotas(Protocol):
    """What schools may use, and what they keep; ``put`` sets a Quota."""

    async def quotas(self) -> dict[str, Quota]:
        """By school; "" is for all that have no other."""

    async def home_of(self, lesson: LessonId) -> str:
        """The school that holds a lesson: of its timetable, or of its teacher; "" for none."""

    async def running(self) -> list[Home]:
        """Lessons that were begun and have not ended."""

    async def weigh(self, lesson: LessonId, *, recordings: int, courseware: int, at: float) -> None:
        """Keep how many bytes a lesson has on the shelf; nothing of one that has no card."""

    async def unweighed(self, *, until: float, limit: int) -> list[LessonId]:
        """Lessons that had ended by a wall time, and were not weighed since."""

    async def kept(self, school: str | None = None) -> dict[str, Used]:
        """The bytes that schools keep, by school; of one where it is named."""
