"""Schools, classrooms, people and terms in the registry, and how they are found."""

from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    func,
    select,
    text,
)

from ...errors import Refused
from ...ports import Tally
from ...school.people import Part as Role
from ...school.people import Person
from ...school.places import Alliance, Classroom, School
from ...school.timetable import Term
from .database import METADATA
from .pairs import PERSON_PAIR, narrowed, numbered
from .things import SqlThings, made
from .words import begins, has, words_of


def _id() -> Column[str]:
    return Column("id", Text, primary_key=True)


def _texts(*names: str) -> list[Column[Any]]:
    return [Column(name, Text, nullable=False) for name in names]


def _numbers(*names: str) -> list[Column[Any]]:
    return [Column(name, Integer, nullable=False) for name in names]


def _of(table: str, name: str = "") -> Column[str]:
    return Column(name or table, Text, ForeignKey(f"{table}.id"), nullable=False)


Table(
    "alliance",
    METADATA,
    _id(),
    *_texts("name"),
    *_numbers("version"),
    Column("lead", Text, nullable=False, server_default=""),
)
SCHOOL = Table(
    "school",
    METADATA,
    _id(),
    *_texts("name", "alliance"),
    Column("bells", JSON, nullable=False),
    *_numbers("version"),
    *(Column(name, Double) for name in ("latitude", "longitude")),
    Column("after_bells", JSON, nullable=False, server_default="[]"),
)
CLASSROOM = Table(
    "classroom",
    METADATA,
    _id(),
    _of("school"),
    *_texts("name"),
    *_numbers("rows", "columns", "version"),
)
Index("rooms_of_school", CLASSROOM.c.school)
PERSON = Table(
    "person",
    METADATA,
    _id(),
    _of("school"),
    *_texts("name", "part", "number", "account", "classroom"),
    *_numbers("row", "column", "version"),
)
_NUMBERED = text("number <> ''")
Index(
    "numbers_of_school",
    *(PERSON.c.school, PERSON.c.number),
    unique=True,
    sqlite_where=_NUMBERED,
    postgresql_where=_NUMBERED,
)
Index("roster", PERSON.c.classroom)
Index("people_of_account", PERSON.c.account)
_C = PERSON.c
Index("found_people", _C.number, _C.id, _C.name, _C.school, _C.classroom)
Index("staff", PERSON.c.school, PERSON.c.part)
TERM = Table("term", METADATA, _id(), *_texts("name", "first", "last"), *_numbers("version"))


class SqlDistrict(SqlThings):
    async def alliances(self) -> list[Alliance]:
        table = METADATA.tables["alliance"]
        return [made(Alliance, row) for row in await self._db.rows(select(table).order_by("id"))]

    async def schools(self, *, alliance: str = "", ids: list[str] | None = None) -> list[School]:
        found = select(SCHOOL).order_by(SCHOOL.c.id)
        found = found.where(SCHOOL.c.alliance == alliance) if alliance else found
        found = found if ids is None else found.where(SCHOOL.c.id.in_(ids))
        return [made(School, row) for row in await self._db.rows(found)]

    async def school(self, id_: str) -> School:
        """Raises Refused("no-school")."""
        if found := await self.schools(ids=[id_]):
            return found[0]
        raise Refused("no-school", "there is no such school")

    async def classrooms(
        self, *, school: str = "", ids: list[str] | None = None
    ) -> list[Classroom]:
        found = select(CLASSROOM).order_by(CLASSROOM.c.id)
        found = found.where(CLASSROOM.c.school == school) if school else found
        found = found if ids is None else found.where(CLASSROOM.c.id.in_(ids))
        return [made(Classroom, row) for row in await self._db.rows(found)]

    async def people(
        self,
        *,
        school: str = "",
        classroom: str = "",
        part: Role | None = None,
        text: str = "",
        limit: int = 200,
    ) -> list[Person]:
        """By number and id; each word of ``text`` is in the name, or is the number's beginning."""
        words = words_of(text)
        found = select(_C.id).where(*(has(_C.name, w) | begins(_C.number, w) for w in words))
        if not (school or classroom):  # of these all are looked at as fast
            few = await narrowed(self._db, PERSON_PAIR, words, numbered)
            found = found if few is None else found.where(_C.id.in_(few))
        found = found.where(_C.school == school) if school else found
        found = found.where(_C.classroom == classroom) if classroom else found
        found = found.where(_C.part == part.value) if part else found
        ids = found.order_by(_C.number, _C.id).limit(max(limit, 0)).subquery()
        people = select(PERSON).where(_C.id.in_(select(ids.c.id)))
        rows = await self._db.rows(people.order_by(_C.number, _C.id))
        return [made(Person, row) for row in rows]

    async def person(self, id_: str) -> Person | None:
        rows = await self._db.rows(select(PERSON).where(PERSON.c.id == id_))
        return made(Person, rows[0]) if rows else None

    async def person_of(self, account: str) -> Person | None:
        """Who has this account; the first of them, should a sheet have said so of two."""
        of = select(PERSON).where(PERSON.c.account == account).order_by(PERSON.c.id).limit(1)
        rows = await self._db.rows(of) if account else []
        return made(Person, rows[0]) if rows else None

    async def names(self, ids: set[str]) -> dict[str, str]:
        """Of people."""
        rows = await self._db.rows(select(PERSON.c.id, PERSON.c.name).where(PERSON.c.id.in_(ids)))
        return {row.id: row.name for row in rows}

    async def terms(self) -> list[Term]:
        """The newest first."""
        rows = await self._db.rows(select(TERM).order_by(TERM.c.first.desc()))
        return [made(Term, row) for row in rows]

    async def tally(self, school: str = "") -> Tally:
        """How many there are, of the whole district or of one school."""
        counts = []
        for table in (CLASSROOM, PERSON):
            count = select(func.count()).select_from(table)
            rows = await self._db.rows(count.where(table.c.school == school) if school else count)
            counts.append(rows[0][0])
        schools = await self._db.rows(select(func.count()).select_from(SCHOOL))
        return Tally(1 if school else schools[0][0], *counts)
