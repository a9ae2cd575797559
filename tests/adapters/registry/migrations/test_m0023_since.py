"""Whoever was linked before stays so; only since when is not known."""

from sqlalchemy import text

from synclass.adapters.registry import SqlRegistry
from synclass.adapters.registry.database import Database
from synclass.adapters.registry.migrate import to


async def test_who_was_linked_stays_linked(database: Database) -> None:
    async with database.writing() as connection:
        await connection.run_sync(to, "0022")
        await connection.execute(text("INSERT INTO subject VALUES ('i', '0815', 'wang')"))
        await connection.run_sync(to)
    (linked,) = await SqlRegistry(database).subjects("wang")
    assert (linked.subject, linked.since) == ("0815", 0.0)
