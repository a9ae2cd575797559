"""A registry of before has no devices, and everybody it had."""

from synclass.adapters.registry import SqlRegistry
from synclass.adapters.registry.database import Database
from synclass.adapters.registry.migrate import to
from synclass.ports import Device

from ..test_accounts import WANG


async def test_whoever_had_an_account_before_has_it_still(database: Database) -> None:
    registry = SqlRegistry(database)
    await registry.save_account(WANG)
    async with database.writing() as connection:
        await connection.run_sync(to, "0009")
        await connection.run_sync(to)
    assert await registry.account("wang") == WANG
    assert await registry.devices() == []
    await registry.save_device(Device("d1", "hash", "", 1.0, classroom="town-0"))
    assert [device.id for device in await registry.devices()] == ["d1"]
