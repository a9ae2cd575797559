"""A registry of before has no figures yet, and keeps them from then on."""

from datetime import date

from synclass.adapters.registry import SqlRegistry
from synclass.adapters.registry.database import Database
from synclass.adapters.registry.migrate import to

from ..test_figures import FIRST, LAST, hold
from ..villages import settle


async def test_lessons_count_from_then_on(database: Database) -> None:
    registry = SqlRegistry(database)
    await settle(registry)
    async with database.writing() as connection:
        await connection.run_sync(to, "0011")
        await connection.run_sync(to)
    assert await registry.sums(FIRST, LAST) == ([], [])
    await hold(registry, "m1", date(2026, 9, 8))
    assert (await registry.sums(FIRST, LAST))[0][0].lessons == 1
