"""What is kept, and for how long: legal holds on lessons, rules, and what falls next."""

from typing import Protocol

from msgspec import Struct

from synclass.school.retention import Falling, Rule
from synclass.words import LessonId


class Hold(Struct, frozen=True):
    """A lesson that must be kept whatever any rule or anybody says."""

    lesson: LessonId
    who: str
    """The account that put it."""
    why: str
    at: float
    """Wall time."""


class Keeping(Protocol):
    """Holds on lessons; how long lessons are kept; which of them fall next."""

    async def hold(self, lesson: LessonId) -> Hold | None: ...
    async def holds(self) -> list[Hold]:
        """All of them, the newest first."""

    async def put_hold(self, hold: Hold) -> None:
        """Add it, or replace the one there is; raises Refused("no-lesson")."""

    async def lift_hold(self, lesson: LessonId) -> bool:
        """Whether there was one."""

    async def rules(self) -> list[Rule]: ...
    async def set_rule(self, rule: Rule) -> None:
        """Add it, or replace the one of this subject and teacher; without months it goes."""

    async def falling(self) -> list[Falling]:
        """The lessons whose fall was announced, the oldest notice first."""

    async def announce(self, lessons: list[Falling]) -> None:
        """Keep these notices, each once: a notice of before stays as it is."""

    async def withdraw(self, lessons: list[LessonId]) -> None:
        """Forget the notices of these."""
