"""The first step gives a new registry what files of before it had."""

from sqlalchemy import Connection, inspect

from synclass.adapters.registry.database import Database
from synclass.adapters.registry.migrate import to


def columns(connection: Connection) -> dict[str, set[str]]:
    found = inspect(connection)
    return {
        name: {column["name"] for column in found.get_columns(name)}
        for name in found.get_table_names()
    }


async def test_accounts_lessons_and_notes_have_their_first_columns(database: Database) -> None:
    async with database.writing() as connection:
        await connection.run_sync(to, "0001")
        found = await connection.run_sync(columns)
    assert found["account"] == {"name", "shown", "role", "school", "password"}
    assert found["note"] == {"n", "wall", "who", "act", "what"}
    assert {"id", "code", "made_at", "began_at", "ended_at"} <= found["lesson"]
