"""An alliance of before is led by nobody, and has written nothing down yet."""

from synclass.adapters.registry import SqlRegistry
from synclass.adapters.registry.database import Database
from synclass.adapters.registry.migrate import to

from ..villages import EAST, settle


async def test_an_alliance_of_before_stays_and_is_led_by_nobody(database: Database) -> None:
    registry = SqlRegistry(database)
    await settle(registry)
    async with database.writing() as connection:
        await connection.run_sync(to, "0014")
        await connection.run_sync(to)
    assert (await registry.alliance(EAST.id)).lead == ""
    assert await registry.policies(EAST.id) == []
