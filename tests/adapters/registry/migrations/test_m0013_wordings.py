"""A registry of before has its lessons still, and all of them are to be read."""

from synclass.adapters.registry import SqlRegistry
from synclass.adapters.registry.database import Database
from synclass.adapters.registry.migrate import to

from ..test_wordings import ONE, TWO, lessons


async def test_lessons_of_before_are_read_when_the_server_starts(database: Database) -> None:
    registry = SqlRegistry(database)
    await lessons(registry)
    async with database.writing() as connection:
        await connection.run_sync(to, "0012")
        await connection.run_sync(to)
    assert await registry.without_wording(limit=9) == [TWO, ONE]
