"""A registry of before has no quotas, and has weighed nothing."""

from synclass.adapters.registry import SqlRegistry
from synclass.adapters.registry.database import Database
from synclass.adapters.registry.migrate import to


async def test_nothing_is_limited_and_nothing_weighed_yet(database: Database) -> None:
    async with database.writing() as connection:
        await connection.run_sync(to, "0024")
        await connection.run_sync(to)
    registry = SqlRegistry(database)
    assert await registry.quotas() == {}
    assert await registry.kept() == {}
