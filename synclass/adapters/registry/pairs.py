"""Which names have two characters side by side: a word is found without reading all the names."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Select,
    Table,
    Text,
    and_,
    delete,
    func,
    literal,
    select,
    union,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from .database import METADATA, Database

FEW = 4000
"""Rows that are looked at one by one.  More have a common word, which the newest have as well."""
MOST_PAIRS = 8
"""Of a word that are looked for: the rarest of them finds it."""
LAST = "\U0010ffff"
NUMBER = "#"
"""Before a number, which is looked for by how it begins."""
BYTES = Text().with_variant(Text(collation="C"), "postgresql")
"""Compared character by character, in whatever language the database sorts."""
Ids = Select[Any]
Texts = Mapping[str, set[str]]
"""The pairs of each thing, by its id."""


def _table(name: str) -> Table:
    columns = Column("pair", BYTES, primary_key=True), Column("id", Text, primary_key=True)
    return Table(name, METADATA, *columns, sqlite_with_rowid=False)


LESSON_PAIR, PERSON_PAIR = _table("lesson_pair"), _table("person_pair")


def pairs_of(*texts: str, number: str = "") -> set[str]:
    """Two characters each, and the last one of each word alone; of a number all of it."""
    words = [word for text in texts for word in text.lower().split()]
    found = {word[n : n + 2] for word in words for n in range(len(word))}
    return found | {NUMBER + number.lower()} if number else found


async def keep(
    database: Database, connection: AsyncConnection, table: Table, *, before: Texts, now: Texts
) -> None:
    """Things had some pairs, and have others."""
    gone = [(pair, id_) for id_, had in before.items() for pair in had - now.get(id_, set())]
    new = [(pair, id_) for id_, has in now.items() for pair in has - before.get(id_, set())]
    for pair, id_ in gone:
        await connection.execute(delete(table).where(table.c.pair == pair, table.c.id == id_))
    await database.fill(connection, database.adding(table), new)


async def narrowed(
    database: Database, table: Table, words: list[str], also: Callable[[str], Ids | None]
) -> Any:
    """Ids among which all are that have the words, or None where there are too many to look at.

    ``also`` has those that a word may be found by in another way than by its pairs.
    """
    ways = [(_by_pairs(table, word), also(word)) for word in words]
    flat = [
        ids for pairs, other in ways for ids in (*pairs, *([other] if other is not None else []))
    ]
    if not flat:
        return None
    counts = iter(await _counted(database, flat))
    best, fewest = None, FEW + 1
    for pairs, other in ways:
        rarest, ids = min((next(counts), n) for n in range(len(pairs)))
        total = rarest + (next(counts) if other is not None else 0)
        if total < fewest:
            best, fewest = union(*(one for one in (pairs[ids], other) if one is not None)), total
    return best


def numbered(word: str) -> Ids:
    """People whose number begins with it."""
    c = PERSON_PAIR.c
    return select(c.id.label("id")).where(begins_with(c.pair, NUMBER + word.lower()))


async def _counted(database: Database, some: list[Ids]) -> list[int]:
    """How many ids each has, at most one more than are few."""
    counts = [
        select(literal(n).label("n"), func.count().label("found")).select_from(
            ids.limit(FEW + 1).subquery()
        )
        for n, ids in enumerate(some)
    ]
    rows = await database.rows(union_all(*counts))
    return [row.found for row in sorted(rows, key=lambda row: int(row.n))]


def _by_pairs(table: Table, word: str) -> list[Ids]:
    """By each pair of it; by how pairs begin for a single character."""
    word, c = word.lower(), table.c
    if len(word) == 1:
        return [select(c.id.label("id")).where(begins_with(c.pair, word))]
    exact = [word[n : n + 2] for n in range(len(word) - 1)][:MOST_PAIRS]
    return [select(c.id.label("id")).where(c.pair == pair) for pair in exact]


def begins_with(pair: ColumnElement[str], text: str) -> ColumnElement[bool]:
    return and_(pair >= text, pair < text + LAST)
