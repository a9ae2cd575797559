"""Changes to the things of a district: nobody overwrites a version they have not seen."""

from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec
from msgspec import Struct, structs
from sqlalchemy import Executable, Row, Table, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from ...errors import Refused, Unavailable
from ...ports import AThing, Thing
from ...postclass.homework import Work
from ...school.places import Classroom
from ...school.timetable import Slot
from .database import METADATA, contradicts
from .part import Part

T = TypeVar("T", bound=Struct)


class SqlThings(Part):
    async def put(self, thing: AThing) -> AThing:
        """Add it (version 0) or change the version that was seen; returns it as it is now.

        Raises Refused("changed-meanwhile"), ("taken"), ("not-there").
        """
        table, seen = table_of(type(thing)), thing.version
        now = structs.replace(thing, version=seen + 1)
        c = table.c
        change = update(table).where(c.id == thing.id, c.version == seen).values(_values(now))
        try:
            async with self._db.writing() as connection:
                step = change if seen else insert(table).values(_values(now))
                if (await connection.execute(step)).rowcount != 1:
                    raise await _gone(connection, table, thing.id)
                await _keep_rooms(connection, [now])
        except Unavailable as error:
            raise _told(error) from error
        return now

    async def take_in(self, things: Sequence[AThing]) -> None:
        """Add or replace all of one type, whatever version there is; all of them or none."""
        if not things:
            return
        table = table_of(type(things[0]))
        values = [_values(structs.replace(thing, version=1)) for thing in things]
        try:
            async with self._db.writing() as connection:
                await connection.execute(self._db.replacing(table), values)
                await _keep_rooms(connection, things)
        except Unavailable as error:
            raise _told(error) from error

    async def remove(self, kind: type[Thing], id_: str, version: int) -> None:
        """Raises Refused("changed-meanwhile"), ("not-there"), ("in-use")."""
        table = table_of(kind)
        try:
            async with self._db.writing() as connection:
                for statement in _before(kind, id_):
                    await connection.execute(statement)
                where = table.c.id == id_, table.c.version == version
                if (await connection.execute(delete(table).where(*where))).rowcount != 1:
                    raise await _gone(connection, table, id_)
        except Unavailable as error:
            if contradicts(error):
                raise Refused("in-use", "others still belong to it: remove them first") from error
            raise


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
    """Pupils of a room that goes stand without one; a lesson leaves its rooms."""
    if kind is Classroom:
        person = METADATA.tables["person"]
        nowhere = {"classroom": "", "row": 0, "column": 0}
        return [update(person).where(person.c.classroom == id_).values(nowhere)]
    if kind is Slot:
        room = METADATA.tables["slot_room"]
        return [delete(room).where(room.c.slot == id_)]
    if kind is Work:
        picture = METADATA.tables["picture"]
        return [delete(picture).where(picture.c.work == id_)]
    return []


async def _gone(connection: AsyncConnection, table: Table, id_: str) -> Refused:
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
