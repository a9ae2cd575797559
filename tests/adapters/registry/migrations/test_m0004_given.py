"""Whoever had an account before has a password of their own."""

from sqlalchemy import Connection, text

from synclass.adapters.registry import SqlRegistry
from synclass.adapters.registry.database import Database
from synclass.adapters.registry.migrate import to

OLD = "INSERT INTO account VALUES ('wang', '王老师', 'teacher', '县一中', 'x')"


def known(connection: Connection) -> None:
    connection.execute(text(OLD))


async def test_nobody_of_before_must_change_a_password(database: Database) -> None:
    async with database.writing() as connection:
        await connection.run_sync(to, "0003")
        await connection.run_sync(known)
        await connection.run_sync(to)
    account = await SqlRegistry(database).account("wang")
    assert account and not account.given
