"""A registry of before has forgotten nobody."""

from synclass.adapters.registry import SqlRegistry
from synclass.adapters.registry.database import Database
from synclass.adapters.registry.migrate import to


async def test_a_registry_of_before_has_forgotten_nobody(database: Database) -> None:
    async with database.writing() as connection:
        await connection.run_sync(to, "0015")
        await connection.run_sync(to)
    assert await SqlRegistry(database).forgotten(after=0.0) == frozenset()
