"""Lessons of before are no news."""

from synclass.adapters.registry import SqlRegistry
from synclass.adapters.registry.database import Database
from synclass.adapters.registry.migrate import to

from ..test_news import BEGAN


async def test_lessons_of_before_are_no_news(database: Database) -> None:
    registry = SqlRegistry(database)
    await registry.save_lesson(BEGAN)
    async with database.writing() as connection:
        await connection.run_sync(to, "0013")
        await connection.run_sync(to)
    assert await registry.news(limit=9) == []
    assert await registry.webhooks() == []
    assert await registry.lesson(BEGAN.id) == BEGAN
