"""What schools of an alliance have in common: what they wrote down, and what lessons say of it."""

from collections.abc import Collection
from datetime import date
from typing import Protocol

from msgspec import Struct

from synclass.postclass.evaluation import Evaluation
from synclass.school.alliance import Attendee, Exchange, Policy, Reading, Training, Word
from synclass.school.places import Alliance
from synclass.words import LessonId


class Prepared(Struct, frozen=True):
    """A lesson with a plan: how often it was saved, and how much was said to it."""

    lesson: LessonId
    title: str
    subject: str
    teacher: str
    """The account's name."""
    versions: int
    remarks: int
    last: float
    """When it was saved last; wall time."""


class TakenPart(Struct, frozen=True):
    """What a classroom did in the lessons of some days."""

    room: str
    """As it calls itself."""
    lessons: int
    hands: int
    words: int
    on_stage: float
    """Minutes."""
    pupils: int
    here: int


class Judged(Struct, frozen=True):
    """An evaluation, and the school whose lesson it is of."""

    school: str
    title: str
    """Of the lesson."""
    evaluation: Evaluation


class Alliances(Protocol):
    """What schools of an alliance have in common."""

    async def alliance(self, id_: str) -> Alliance:
        """Raises Refused("no-alliance")."""

    async def save_policy(self, seen: int, policy: Policy) -> Policy:
        """Keep it on top of the version that was seen (0: there was none).

        Raises Refused("changed-meanwhile"), ("too-many-versions"), ("too-many").
        """

    async def policies(self, alliance: str) -> list[Policy]:
        """All versions, the newest first."""

    async def note_reading(self, reading: Reading) -> None:
        """Once for each account; raises Refused("not-there") where there is no such version."""

    async def readings(self, alliance: str) -> list[Reading]:
        """In the order in which they were read."""

    async def trainings(self, alliance: str) -> list[Training]:
        """The latest first."""

    async def training(self, id_: str) -> Training | None: ...
    async def attend(self, one: Attendee) -> None:
        """Register, or change whether they came; raises Refused("not-there"), ("full")."""

    async def stay_away(self, training: str, account: str) -> None: ...
    async def attendees(self, alliance: str) -> list[Attendee]:
        """In the order in which they registered."""

    async def exchanges(self, alliance: str) -> list[Exchange]:
        """The latest first."""

    async def exchange(self, id_: str) -> Exchange | None: ...
    async def say(self, word: Word) -> Word:
        """Keep it, with a new id; raises Refused("no-word"), ("too-many")."""

    async def said(self, alliance: str) -> list[Word]:
        """As they were said."""

    async def prepared(self, teachers: Collection[str], *, limit: int = 100) -> list[Prepared]:
        """Lessons of these accounts that have a plan; the last saved first."""

    async def taken_part(
        self, first: date, last: date, schools: Collection[str]
    ) -> list[TakenPart]:
        """By classroom, in lessons that these schools taught; the last day included."""

    async def rooms_of(self, lessons: Collection[str]) -> dict[str, list[TakenPart]]:
        """What the classrooms did in each of these lessons."""

    async def judged(
        self, first: date, last: date, schools: Collection[str], *, limit: int = 500
    ) -> list[Judged]:
        """Evaluations of lessons that these schools taught, the newest first."""
