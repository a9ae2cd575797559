"""The second step: a registry of lessons gets a district, and keeps its lessons."""

from sqlalchemy import select

from synclass.adapters.registry.accounts import SqlAccounts
from synclass.adapters.registry.database import METADATA, Database
from synclass.adapters.registry.migrate import to
from synclass.ports import Account
from synclass.words import Role

WANG = Account("wang", "王老师", Role.TEACHER, "县一中", "$argon2id$1")


async def test_who_had_an_account_before_the_district_has_it_still(database: Database) -> None:
    async with database.writing() as connection:
        await connection.run_sync(to, "0001")
    await SqlAccounts(database).save_account(WANG)
    async with database.writing() as connection:
        await connection.run_sync(to, "0002")
    assert await SqlAccounts(database).account("wang") == WANG
    assert await database.rows(select(METADATA.tables["school"])) == []
