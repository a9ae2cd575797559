"""Words of people who work together, and answers to them: a table for each kind of people."""

from typing import Any

from msgspec import structs
from sqlalchemy import Column, Double, ForeignKey, Integer, Table, Text, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from ...errors import Refused
from ...school.alliance import MOST_WORDS, Word
from .database import METADATA, Database


def thread(name: str, *, of: str) -> Table:
    """A table of words; ``of`` is the table of those whose people talk, and its column's name."""
    return Table(
        name,
        METADATA,
        Column("id", Integer, primary_key=True, autoincrement=True),
        Column(of, Text, ForeignKey(f"{of}.id"), nullable=False, key="of"),
        Column("parent", Integer, nullable=False),
        *(Column(text, Text, nullable=False) for text in _TEXTS),
        Column("at", Double, nullable=False),
        sqlite_autoincrement=True,
    )


_TEXTS = ("lesson", "account", "shown", "school", "text")


async def say(database: Database, table: Table, word: Word) -> Word:
    """A thread is one deep: who answers an answer answers what that was about.

    Raises Refused("no-word"), ("too-many").
    """
    values = structs.asdict(word)
    del values["id"]
    ours = table.c.of == word.of
    async with database.writing() as connection:
        await database.alone(connection, table.name)
        if await counted(connection, table, ours) >= MOST_WORDS:
            raise Refused("too-many", f"no more than {MOST_WORDS} words are kept")
        if word.parent:
            above = select(table.c.id, table.c.parent, table.c.lesson)
            found = await connection.execute(above.where(ours, table.c.id == word.parent))
            if (first := found.one_or_none()) is None:
                raise Refused("no-word", "there is no such word to answer")
            values |= {"parent": first.parent or first.id, "lesson": first.lesson}
        added = await connection.execute(insert(table).values(values).returning(table.c.id))
        return Word(**values, id=added.scalar_one())


async def said(database: Database, table: Table, of: str) -> list[Word]:
    """As they were said."""
    columns = [table.c[name].label(name) for name in Word.__struct_fields__]
    found = select(*columns).where(table.c.of == of).order_by(table.c.id)
    return [Word(**row._mapping) for row in await database.rows(found)]


async def counted(connection: AsyncConnection, table: Table, *where: Any) -> int:
    """How many rows there are of these."""
    found = select(func.count()).select_from(table).where(*where)
    return int((await connection.execute(found)).scalar_one())
