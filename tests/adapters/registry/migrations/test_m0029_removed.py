"""Of what was taken out before nothing is known."""

from synclass.adapters.registry import SqlRegistry
from synclass.adapters.registry.database import Database
from synclass.adapters.registry.migrate import to


async def test_nothing_was_taken_out_yet(database: Database) -> None:
    async with database.writing() as connection:
        await connection.run_sync(to, "0028")
        await connection.run_sync(to)
    assert await SqlRegistry(database).removed("t1") == []
