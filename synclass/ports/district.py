"""Schools, classrooms, people and terms."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from msgspec import Struct

from synclass.postclass.contest import Contest, Entered, Verdict
from synclass.postclass.evaluation import Evaluation, Rubric
from synclass.postclass.homework import Homework, Work
from synclass.school.alliance import Exchange, Training
from synclass.school.course import Course
from synclass.school.people import Part, Person
from synclass.school.places import Alliance, Classroom, School
from synclass.school.quota import Quota
from synclass.school.resources import Resource
from synclass.school.studio import Apprentice, OpenLesson, Studio
from synclass.school.timetable import Slot, Term
from synclass.webhooks import News

Place = Alliance | School | Classroom | Person | Term | Slot | Course | Quota
Afterwards = Homework | Work | Rubric | Evaluation | Resource
Together = Training | Exchange | Studio | Apprentice | OpenLesson
Judged = Contest | Entered | Verdict
Thing = Place | Afterwards | Together | Judged


AThing = TypeVar("AThing", bound=Thing)


class Tally(Struct, frozen=True):
    """How many there are."""

    schools: int
    classrooms: int
    people: int


class District(Protocol):
    """Schools, classrooms, people and terms."""

    async def put(self, thing: AThing, *, news: Sequence[News] = ()) -> AThing:
        """Add it (version 0) or change the version that was seen; returns it as it is now.

        What there is to tell of it is kept with it.
        Raises Refused("changed-meanwhile"), ("taken"), ("not-there").
        """

    async def take_in(self, things: Sequence[AThing]) -> None:
        """Add or replace all of one type, whatever version there is; all of them or none."""

    async def remove(self, kind: type[Thing], id_: str, version: int) -> None:
        """Raises Refused("changed-meanwhile"), ("not-there"), ("in-use")."""

    async def alliances(self) -> list[Alliance]: ...
    async def schools(
        self, *, alliance: str = "", ids: list[str] | None = None
    ) -> list[School]: ...
    async def school(self, id_: str) -> School:
        """Raises Refused("no-school")."""

    async def classrooms(
        self, *, school: str = "", ids: list[str] | None = None
    ) -> list[Classroom]: ...
    async def people(
        self,
        *,
        school: str = "",
        classroom: str = "",
        part: Part | None = None,
        text: str = "",
        limit: int = 200,
    ) -> list[Person]:
        """By number and id; each word of ``text`` is in the name, or is the number's beginning."""

    async def person(self, id_: str) -> Person | None: ...
    async def person_of(self, account: str) -> Person | None:
        """Who has this account; the first of them, should a sheet have said so of two."""

    async def names(self, ids: set[str]) -> dict[str, str]: ...
    async def terms(self) -> list[Term]:
        """The newest first."""

    async def tally(self, school: str = "") -> Tally: ...
