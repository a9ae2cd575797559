"""What was noted before there was a chain is chained as it stands."""

from sqlalchemy import Connection, text

from synclass.adapters.registry import SqlRegistry
from synclass.adapters.registry.database import Database
from synclass.adapters.registry.migrate import to

OLD = "INSERT INTO note (wall, who, act, what) VALUES (:wall, 'wang', 'lesson.enter', 'm1')"


def noted(connection: Connection) -> None:
    for wall in (1.5, 2.5):
        connection.execute(text(OLD), {"wall": wall})


async def test_lines_of_before_are_chained(database: Database) -> None:
    async with database.writing() as connection:
        await connection.run_sync(to, "0002")
        await connection.run_sync(noted)
        await connection.run_sync(to)
    registry = SqlRegistry(database)
    await registry.note(3.5, "wang", "login", "")
    lines, broken, link = await registry.audit()
    assert (lines, broken) == (3, 0) and len(link) == 64
