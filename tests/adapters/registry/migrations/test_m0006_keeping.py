"""A registry of before has no holds, no rules and no consent: everything stays, nobody's camera."""

from pathlib import Path

from sqlalchemy import text

from synclass.adapters.registry import SqlRegistry, migrate
from synclass.adapters.registry.database import Database
from synclass.ports import LessonCard
from synclass.words import LessonId

CARD = LessonCard(LessonId("m1"), "分数", "数学", "wang", "123456", 1.0)


async def test_what_was_before_is_held_by_nobody_and_falls_by_no_rule(tmp_path: Path) -> None:
    path = tmp_path / "synclass.sqlite"
    registry = await SqlRegistry.open(path)
    await registry.save_lesson(CARD)
    await registry.close()
    database = await Database.open(path)
    async with database.writing() as connection:
        await connection.run_sync(lambda c: migrate.to(c, "0005"))
        found = await connection.execute(text("SELECT name FROM sqlite_master"))
        assert not {"hold", "keeping_rule", "falling", "consent"} & {row.name for row in found}
    await database.close()
    registry = await SqlRegistry.open(path)
    assert await registry.lessons() == [CARD]
    assert (await registry.holds(), await registry.rules(), await registry.falling()) == ([],) * 3
    assert await registry.consents() == []
    await registry.close()
