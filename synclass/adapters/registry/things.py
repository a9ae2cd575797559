"""Changes to the things of a district: nobody overwrites a version they have not seen."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from operator import itemgetter
from typing import Any, TypeVar

import msgspec
from msgspec import Struct, structs
from sqlalchemy import JSON, Executable, Row, Table, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from ...errors import Refused, Unavailable
from ...ports import AThing, Thing
from ...postclass.contest import Contest
from ...postclass.homework import Kind, Work
from ...school.alliance import Training
from ...school.people import Person
from ...school.places import Classroom, School
from ...school.studio import Studio
from ...school.timetable import Slot
from ...webhooks import News
from .database import METADATA, contradicts
from .news import tell
from .pairs import PERSON_PAIR, Texts, keep, pairs_of
from .part import Part
from .photographs import drop

T = TypeVar("T", bound=Struct)
LAST = 2**31 - 2
"""No thing has more versions, and no column holds them."""
RESTS = 3600.0
"""Seconds that a photograph outlives the one that took its place: a backup may be reading it."""
Step = Callable[[AsyncConnection], Awaitable[None]]


class SqlThings(Part):
    async def put(self, thing: AThing, *, news: Sequence[News] = ()) -> AThing:
        """Add it (version 0) or change the version that was seen; returns it as it is now.

        Raises Refused("changed-meanwhile"), ("taken"), ("not-there").
        """
        return await self._put(thing, news)

    async def _put(self, thing: AThing, news: Sequence[News], beside: Step | None = None) -> AThing:
        """``beside`` is done in the same step."""
        table, seen = table_of(type(thing)), min(max(thing.version, -1), LAST)
        now = structs.replace(thing, version=seen + 1)
        c = table.c
        change = update(table).where(c.id == thing.id, c.version == seen).values(_values(now))
        try:
            async with self._db.writing() as connection:
                step = change if seen else insert(table).values(_values(now))
                had = await self._pairs(connection, [now])
                if (await connection.execute(step)).rowcount != 1:
                    raise await gone(connection, table, thing.id)
                await _keep_rooms(connection, [now])
                if isinstance(now, Work) and (beside or now.kind is not Kind.PHOTO):
                    await drop(connection, [now.id], at=now.handed_at + RESTS)
                if beside is not None:
                    await beside(connection)
                await self._keep_pairs(connection, [now], had)
                await tell(self._db, connection, news)
        except Unavailable as error:
            raise _told(error) from error
        return now

    async def take_in(self, things: Sequence[AThing]) -> None:
        """Add or replace all of one type, whatever version there is; all of them or none."""
        if not things:
            return
        try:
            async with self._db.writing() as connection:
                had = await self._pairs(connection, things)
                await self._take(connection, things, had or await _there(connection, things))
                await _keep_rooms(connection, things)
                await self._keep_pairs(connection, things, had)
        except Unavailable as error:
            raise _told(error) from error

    async def _take(
        self, connection: AsyncConnection, things: Sequence[Thing], there: Collection[str]
    ) -> None:
        """New ones are added as such: to add or replace takes SQLite three times as long."""
        table = table_of(type(things[0]))
        values = [_values(structs.replace(thing, version=1)) for thing in things]
        new = [one for one in values if one["id"] not in there]
        if old := [one for one in values if one["id"] in there]:
            await connection.execute(self._db.replacing(table), old)
        if new and _plain(table):
            await self._db.fill(connection, insert(table), [*map(itemgetter(*table.c.keys()), new)])
        elif new:
            await connection.execute(insert(table), new)

    async def remove(self, kind: type[Thing], id_: str, version: int) -> None:
        """Raises Refused("changed-meanwhile"), ("not-there"), ("in-use")."""
        table, version = table_of(kind), min(version, LAST)
        try:
            async with self._db.writing() as connection:
                if kind is Person:
                    had = await self._known(connection, [id_])
                    await self._keep_pairs(connection, [], had)
                for statement in _before(kind, id_):
                    await connection.execute(statement)
                if kind is Work:
                    await drop(connection, [id_])
                where = table.c.id == id_, table.c.version == version
                if (await connection.execute(delete(table).where(*where))).rowcount != 1:
                    raise await gone(connection, table, id_)
        except Unavailable as error:
            if contradicts(error):
                raise Refused("in-use", "others still belong to it: remove them first") from error
            raise

    async def _pairs(self, connection: AsyncConnection, things: Sequence[Thing]) -> Texts:
        """Those that people of these ids are found by, until now."""
        ids = [thing.id for thing in things if isinstance(thing, Person)]
        return await self._known(connection, ids) if ids else {}

    async def _known(self, connection: AsyncConnection, ids: list[str]) -> Texts:
        c = METADATA.tables["person"].c
        rows = await connection.execute(select(c.id, c.name, c.number).where(c.id.in_(ids)))
        return {row.id: pairs_of(row.name, number=row.number) for row in rows}

    async def _keep_pairs(
        self, connection: AsyncConnection, things: Sequence[Thing], had: Texts
    ) -> None:
        people = [thing for thing in things if isinstance(thing, Person)]
        now = {one.id: pairs_of(one.name, number=one.number) for one in people}
        await keep(self._db, connection, PERSON_PAIR, before=had, now=now)


def table_of(kind: type[Struct]) -> Table:
    return METADATA.tables[kind.__name__.lower()]


def made(kind: type[T], row: Row[Any]) -> T:
    return msgspec.convert({str(name): value for name, value in row._mapping.items()}, kind)


def _values(thing: Thing) -> dict[str, Any]:
    values: dict[str, Any] = msgspec.to_builtins(thing)
    return values


async def _keep_rooms(connection: AsyncConnection, things: Sequence[Thing]) -> None:
    """What is kept beside lessons to find them by: their rooms, and the schools of these."""
    slots = [thing for thing in things if isinstance(thing, Slot)]
    if not slots:
        return
    room, place = METADATA.tables["slot_room"], METADATA.tables["classroom"]
    school = select(place.c.school).where(place.c.id == room.c.room).scalar_subquery()
    of_these = room.c.slot.in_([slot.id for slot in slots])
    rows = [{"slot": s.id, "room": name, "school": ""} for s in slots for name in s.rooms]
    await connection.execute(delete(room).where(of_these))
    await connection.execute(insert(room), rows)
    await connection.execute(update(room).where(of_these).values(school=func.coalesce(school, "")))


def _before(kind: type[Thing], id_: str) -> list[Executable]:
    """Pupils of a room that goes stand without one; a lesson leaves its rooms; the rest goes."""
    if kind is Classroom:
        person = METADATA.tables["person"]
        nowhere = {"classroom": "", "row": 0, "column": 0}
        return [update(person).where(person.c.classroom == id_).values(nowhere)]
    if kind is School:
        quota = METADATA.tables["quota"]
        return [delete(quota).where(quota.c.id == id_)]
    if kind is Slot:
        room = METADATA.tables["slot_room"]
        return [delete(room).where(room.c.slot == id_)]
    if kind is Training:
        attendee = METADATA.tables["attendee"]
        return [delete(attendee).where(attendee.c.training == id_)]
    if kind is Studio:
        parts = (METADATA.tables[name] for name in ("apprentice", "openlesson"))
        words = METADATA.tables["studio_word"]
        return [
            *(delete(part).where(part.c.studio == id_) for part in parts),
            delete(words).where(words.c.of == id_),
        ]
    if kind is Contest:
        parts = (METADATA.tables[name] for name in ("verdict", "entered"))
        return [delete(part).where(part.c.contest == id_) for part in parts]
    return []


async def _there(connection: AsyncConnection, things: Sequence[Thing]) -> set[str]:
    """Which of them there are."""
    id_ = table_of(type(things[0])).c.id
    found = await connection.execute(select(id_).where(id_.in_([thing.id for thing in things])))
    return {row.id for row in found}


def _plain(table: Table) -> bool:
    """Whether its values go into the database as they are."""
    return not any(isinstance(column.type, JSON) for column in table.c)


async def gone(connection: AsyncConnection, table: Table, id_: str) -> Refused:
    now = (await connection.execute(select(table.c.version).where(table.c.id == id_))).scalar()
    if now is None:
        return Refused("not-there", "somebody has removed it meanwhile")
    return Refused("changed-meanwhile", "somebody has changed it meanwhile: look at it again")


def _told(error: Unavailable) -> Exception:
    if not contradicts(error):
        return error
    if "foreign key" in str(error).lower():
        return Refused("not-there", "something that it names is not there")
    return Refused("taken", "another one has this id or number")
