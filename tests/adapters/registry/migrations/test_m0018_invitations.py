"""A registry of before has nobody invited, and everybody who had an account."""

from synclass.adapters.registry import SqlRegistry
from synclass.adapters.registry.database import Database
from synclass.adapters.registry.migrate import to

from ..test_invitations import CHEN


async def test_nobody_is_invited_yet(database: Database) -> None:
    registry = SqlRegistry(database)
    await registry.save_account(CHEN)
    async with database.writing() as connection:
        await connection.run_sync(to, "0017")
        await connection.run_sync(to)
    assert await registry.invitations() == []
    assert await registry.account("chen") == CHEN
