"""A registry of before knows no grouping."""

from synclass.adapters.registry import SqlRegistry
from synclass.adapters.registry.database import Database
from synclass.adapters.registry.migrate import to

from ..test_groupings import PAIRS


async def test_nobody_named_a_grouping_yet(database: Database) -> None:
    async with database.writing() as connection:
        await connection.run_sync(to, "0026")
        await connection.run_sync(to)
    registry = SqlRegistry(database)
    assert await registry.groupings(PAIRS.owner, PAIRS.course) == []
    await registry.keep_grouping(PAIRS)
    assert await registry.groupings(PAIRS.owner, "") == [PAIRS]
