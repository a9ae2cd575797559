"""A registry as plain lines, of SQLite or PostgreSQL; and a registry of either, made of them.

A piece is ``TABLE.NUMBER.jsonl``: a line with the columns' names, then a line for each row.
"""

import re
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import (
    JSON,
    Connection,
    Integer,
    LargeBinary,
    MetaData,
    Row,
    Table,
    func,
    insert,
    inspect,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from ...errors import Malformed, Refused
from . import revision
from .database import Database
from .migrate import to

PIECE = 1 << 20
"""Bytes of a piece, and one more row."""
ROWS, LARGE_ROWS = 1000, 4
"""Rows that are read at once, and those of a table that holds files."""
NAME = re.compile(r"([a-z_]+)\.[0-9]{6}\.jsonl")
OURS = "alembic_version"
_encode = msgspec.json.Encoder().encode


async def dump(where: Path | str, add: Callable[[str, bytes], None]) -> str:
    """Hand over piece by piece what there is at one moment; says the tables' revision.

    Raises Unavailable; Refused("empty") where there are no tables.
    """
    database = Database.as_it_is(where)
    try:
        async with database.snapshot() as connection:
            found = await connection.run_sync(revision.of)
            if not found:
                raise Refused("empty", "there is no registry at this address yet")
            for table in await connection.run_sync(_tables):
                await _table(connection, table, add)
            return found
    finally:
        await database.close()


async def load(where: Path | str, found: str, pieces: Iterable[tuple[str, bytes]]) -> None:
    """Make a registry of these pieces where there is none, and bring its tables up to date.

    All of it or nothing.  Raises Refused("not-empty"), Malformed, Unavailable.
    """
    if found not in revision.numbers():
        raise Malformed("this backup is of a newer synclass")
    database = Database.as_it_is(where)
    try:
        async with database.writing() as connection:
            if await connection.run_sync(_is_used):
                raise Refused("not-empty", "there is a registry already: nothing in it is touched")
            await connection.run_sync(to, found)
            tables = {table.name: table for table in await connection.run_sync(_tables)}
            for name, data in pieces:
                await _fill(connection, tables, name, data)
            for table in tables.values():
                await connection.run_sync(_count_on, table)
            await connection.run_sync(to)
    finally:
        await database.close()


async def _table(
    connection: AsyncConnection, table: Table, add: Callable[[str, bytes], None]
) -> None:
    large = any(isinstance(column.type, LargeBinary) for column in table.c)
    asked = select(table).order_by(*table.primary_key)
    asked = asked.execution_options(yield_per=LARGE_ROWS if large else ROWS)
    head, number = _encode([str(column.name) for column in table.c]), 0
    lines, size = [head], len(head)
    async with connection.stream(asked) as rows:
        async for some in rows.partitions():
            for row in some:
                lines.append(_line(row))
                size += len(lines[-1])
                if size > PIECE:
                    add(f"{table.name}.{number:06}.jsonl", b"\n".join(lines))
                    lines, size, number = [head], len(head), number + 1
    if len(lines) > 1:
        add(f"{table.name}.{number:06}.jsonl", b"\n".join(lines))


def _line(row: Row[Any]) -> bytes:
    return _encode(tuple(row))


async def _fill(
    connection: AsyncConnection, tables: dict[str, Table], name: str, data: bytes
) -> None:
    hit = NAME.fullmatch(name)
    table = tables.get(hit[1]) if hit else None
    if table is None:
        raise Malformed(f"{name} is no table of a registry")
    try:
        rows = list(_rows(table, data))
    except (msgspec.DecodeError, ValueError, KeyError, TypeError) as error:
        raise Malformed(f"{name} is damaged: {error}") from error
    if rows:
        await connection.execute(insert(table), rows)


def _rows(table: Table, data: bytes) -> Iterator[dict[str, Any]]:
    head, *lines = data.split(b"\n")
    names = msgspec.json.decode(head, type=list[str])
    files = [n for n in names if isinstance(table.c[n].type, LargeBinary)]
    for line in lines:
        row = dict(zip(names, msgspec.json.decode(line), strict=True))
        yield row | {name: b64decode(row[name], validate=True) for name in files}


def _tables(connection: Connection) -> list[Table]:
    """As they are, whichever step they are at: those that others name come first."""
    found = MetaData()
    found.reflect(connection, only=lambda name, _: name not in (OURS, "sqlite_sequence"))
    for table in found.tables.values():
        for column in table.c:
            if isinstance(column.type, JSON):
                column.type.none_as_null = bool(column.nullable)
    return found.sorted_tables


def _is_used(connection: Connection) -> bool:
    return bool(inspect(connection).get_table_names())


def _count_on(connection: Connection, table: Table) -> None:
    """A PostgreSQL goes on counting behind the last number that came in; SQLite does by itself."""
    keys = list(table.primary_key)
    if connection.dialect.name != "postgresql" or len(keys) != 1:
        return
    key = keys[0]
    if not isinstance(key.type, Integer):
        return
    counter = select(func.pg_get_serial_sequence(table.name, key.name)).scalar_subquery()
    last = select(func.max(key)).scalar_subquery()
    connection.execute(select(func.setval(counter, last)))
