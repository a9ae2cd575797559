"""Before there were class books nobody was in one."""

from synclass.adapters.registry import SqlRegistry
from synclass.adapters.registry.database import Database
from synclass.adapters.registry.migrate import to
from synclass.adapters.registry.migrations import m0007_classbooks as step
from synclass.classbook import Attended, Classbook
from synclass.words import LessonId

LESSON = LessonId("one")
BOOK = Classbook([Attended("c2", "p2", True, 0)], [])


async def test_the_tables_come_and_go(database: Database) -> None:
    async with database.writing() as connection:
        await connection.run_sync(to, step.down_revision)
        await connection.run_sync(to)
    registry = SqlRegistry(database)
    await registry.keep_book(LESSON, BOOK)
    assert await registry.book(LESSON) == BOOK
