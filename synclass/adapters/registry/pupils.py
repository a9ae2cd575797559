"""One pupil in all the registry's tables, and out of them."""

from collections.abc import Sequence
from secrets import token_hex

from sqlalchemy import (
    Column,
    ColumnElement,
    Double,
    Index,
    Table,
    Text,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from ...ports.pupils import Forgetting
from ...postclass.dossier import Erased
from ...postclass.reports import Presence
from ...school.consent import Of
from ...school.people import Part, Person
from ...words import LessonId
from .classbooks import ANSWERED, ATTENDED
from .consents import CONSENT
from .courses import STEP
from .database import METADATA
from .district import PERSON
from .homework import WORK
from .photographs import drop
from .results import PRESENCE, RESULT
from .things import SqlThings, gone

FORGOTTEN = Table(
    "forgotten",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("at", Double, nullable=False),
)
Index("forgotten_after", FORGOTTEN.c.at)


class SqlPupils(SqlThings):
    async def called(self, name: str, *, school: str = "") -> int:
        c = PERSON.c
        count = select(func.count()).where(c.name == name, c.part == Part.PUPIL.value)
        rows = await self._db.rows(count.where(c.school == school) if school else count)
        return int(rows[0][0])

    async def listed(self, school: str, pupil: str) -> list[Presence]:
        c = PRESENCE.c
        found = select(PRESENCE).where(_named(school, pupil)).order_by(c.lesson, c.room)
        return [
            Presence(LessonId(row.lesson), row.room, row.pupil, bool(row.here))
            for row in await self._db.rows(found)
        ]

    async def rooms_called(self, names: Sequence[str]) -> list[LessonId]:
        c = RESULT.c
        found = select(c.lesson).where(c.room.in_(names)).distinct().order_by(c.lesson)
        return [LessonId(row.lesson) for row in await self._db.rows(found)]

    async def erase_pupil(self, who: Forgetting) -> Erased:
        person, works = who.person, 0
        async with self._db.writing() as connection:
            await self._leave(connection, person)
            lessons, answers = await _out_of_books(connection, person.id)
            listed = await _out_of_rooms(connection, who)
            if who.named:
                listed += await _out_of_reports(connection, who)
                works = await _out_of_homework(connection, who)
            of_them = CONSENT.c.kind == Of.PUPIL.value, CONSENT.c.id == person.id
            await connection.execute(delete(CONSENT).where(*of_them))
            for id_ in (person.id, *who.devices):
                row = {"id": id_, "at": who.at}
                await connection.execute(self._db.upsert(FORGOTTEN, row))
        return Erased(lessons, answers, listed, works, 0)

    async def forgotten(self, *, after: float) -> frozenset[str]:
        found = select(FORGOTTEN.c.id).where(FORGOTTEN.c.at >= after)
        return frozenset(row.id for row in await self._db.rows(found))

    async def _leave(self, connection: AsyncConnection, person: Person) -> None:
        """The roster, and what they are found by."""
        had = await self._known(connection, [person.id])
        await self._keep_pairs(connection, [], had)
        c = PERSON.c
        await connection.execute(delete(STEP).where(STEP.c.learner == person.id))
        seen = delete(PERSON).where(c.id == person.id, c.version == person.version)
        if (await connection.execute(seen)).rowcount != 1:
            raise await gone(connection, PERSON, person.id)


async def _out_of_books(connection: AsyncConnection, pupil: str) -> tuple[int, int]:
    """Somebody was there, and said something: in each lesson another nobody."""
    answers, found = 0, set[str]()
    for table in (ATTENDED, ANSWERED):
        rows = await connection.execute(select(table.c.lesson).where(table.c.pupil == pupil))
        found |= {row.lesson for row in rows}
    for lesson in found:
        nobody = _nobody()
        of_it = [(t.c.pupil == pupil) & (t.c.lesson == lesson) for t in (ATTENDED, ANSWERED)]
        await connection.execute(update(ATTENDED).where(of_it[0]).values(pupil=nobody))
        said = update(ANSWERED).where(of_it[1]).values(pupil=nobody, said="")
        answers += (await connection.execute(said)).rowcount
    return len(found), answers


async def _out_of_rooms(connection: AsyncConnection, who: Forgetting) -> int:
    """The room that their own device was stays in the figures, by no name."""
    where = RESULT.c.room.in_(who.own)
    rows = (await connection.execute(select(RESULT.c.lesson, RESULT.c.room).where(where))).all()
    for row in rows:
        room = f"{who.school} {_nobody()}" if row.room.startswith(who.school) else _nobody()
        for table in (RESULT, PRESENCE):
            of_it = (table.c.lesson == row.lesson) & (table.c.room == row.room)
            await connection.execute(update(table).where(of_it).values(room=room))
    return len(rows)


async def _out_of_reports(connection: AsyncConnection, who: Forgetting) -> int:
    found = select(PRESENCE).where(_named(who.school, who.person.name))
    rows = (await connection.execute(found)).all()
    for row in rows:
        c = PRESENCE.c
        of_it = (c.lesson == row.lesson) & (c.room == row.room) & (c.pupil == row.pupil)
        await connection.execute(update(PRESENCE).where(of_it).values(pupil=_nobody()))
    return len(rows)


async def _out_of_homework(connection: AsyncConnection, who: Forgetting) -> int:
    of_them = (WORK.c.school == who.school) & (WORK.c.pupil == who.person.name)
    works = select(WORK.c.id).where(of_them)
    await drop(connection, works)
    return (await connection.execute(delete(WORK).where(of_them))).rowcount


def _named(school: str, pupil: str) -> ColumnElement[bool]:
    """In a room that begins with the school's name, or is one that came in by it alone."""
    room = PRESENCE.c.room
    return (PRESENCE.c.pupil == pupil) & or_(
        room == school, room.startswith(school, autoescape=True)
    )


def _nobody() -> str:
    return f"gone-{token_hex(6)}"
