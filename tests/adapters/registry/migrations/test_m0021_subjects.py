"""A registry of before has nobody linked."""

from synclass.adapters.registry import SqlRegistry
from synclass.adapters.registry.database import Database
from synclass.adapters.registry.migrate import to

from ..test_subjects import ONE


async def test_nobody_is_linked_yet(database: Database) -> None:
    async with database.writing() as connection:
        await connection.run_sync(to, "0020")
        await connection.run_sync(to)
    registry = SqlRegistry(database)
    assert await registry.subject(ONE.issuer, ONE.subject) is None
