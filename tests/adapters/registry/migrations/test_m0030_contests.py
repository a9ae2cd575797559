"""A district of before has no contest, and one that goes back loses nothing else."""

from synclass.adapters.registry import SqlRegistry
from synclass.adapters.registry.database import Database
from synclass.adapters.registry.migrate import to

from ..test_contests import held
from ..villages import EAST, settle


async def test_a_district_of_before_has_no_contest(database: Database) -> None:
    registry = SqlRegistry(database)
    await settle(registry)
    await held(registry)
    async with database.writing() as connection:
        await connection.run_sync(to, "0029")
        await connection.run_sync(to)
    assert await registry.contests() == []
    assert [one.id for one in await registry.alliances()] == [EAST.id]
