"""What is kept of getting ready: how rooms were found at their door, and plans of lessons."""

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from synclass.preclass.coprep import Plan
from synclass.preclass.doorcheck import Finding, Grade
from synclass.words import LessonId


class KeptCheck(Struct, frozen=True):
    """How a room was found at its door before a lesson."""

    room: str
    """As it calls itself."""
    lesson: LessonId
    at: float
    """Wall time."""
    finding: Finding
    grades: list[Grade]


class PlanVersion(Struct, frozen=True):
    """A version of a plan; the first has number 1."""

    number: int
    who: str
    """The account's name."""
    at: float
    plan: Plan


class Remark(Struct, frozen=True):
    """What somebody said to a plan, or answered to another's remark."""

    id: int
    parent: int
    """The remark that is answered, or 0."""
    section: str
    """"" for the whole plan."""
    who: str
    at: float
    text: str


class Preparing(Protocol):
    """Door checks and plans."""

    async def keep_check(self, check: KeptCheck) -> None:
        """The latest of this room before this lesson."""

    async def checks(
        self, rooms: Sequence[str] | None = None, *, limit: int = 500
    ) -> list[KeptCheck]:
        """The latest of each room, newest first."""

    async def save_plan(self, lesson: LessonId, seen: int, version: PlanVersion) -> int:
        """Keep a version on top of the one that was seen (0: there was none); its number.

        Raises Refused("changed-meanwhile"), ("too-many-versions").
        """

    async def plan(self, lesson: LessonId, number: int = 0) -> PlanVersion | None:
        """A version, or the newest."""

    async def plan_versions(self, lesson: LessonId) -> list[tuple[int, str, float]]:
        """(number, who, when) of all, newest first."""

    async def remark(self, lesson: LessonId, remark: Remark) -> Remark:
        """Keep it, with a new id; raises Refused("no-remark"), ("too-many-remarks")."""

    async def remarks(self, lesson: LessonId) -> list[Remark]:
        """As they were said."""

    async def forget_preparing(self, lesson: LessonId) -> None:
        """Of a lesson that is erased."""
