"""The second step: a registry of lessons gets a district, and keeps its lessons."""

from sqlalchemy import select, text

from synclass.adapters.registry.accounts import SqlAccounts
from synclass.adapters.registry.database import METADATA, Database
from synclass.adapters.registry.migrate import to


async def test_who_had_an_account_before_the_district_has_it_still(database: Database) -> None:
    async with database.writing() as connection:
        await connection.run_sync(to, "")
        await connection.run_sync(to, "0001")
        wang = "('wang', '王老师', 'teacher', '县一中', '$argon2id$1')"
        await connection.execute(text(f"INSERT INTO account VALUES {wang}"))
        await connection.run_sync(to, "0002")
        await connection.run_sync(to)
    found = await SqlAccounts(database).account("wang")
    assert found is not None and (found.shown, found.school) == ("王老师", "县一中")
    assert await database.rows(select(METADATA.tables["school"])) == []
