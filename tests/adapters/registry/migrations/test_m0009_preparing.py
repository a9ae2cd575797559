"""Before rooms were checked at their door there was no grade, and no lesson had a plan."""

from synclass.adapters.registry import SqlRegistry
from synclass.adapters.registry.database import Database
from synclass.adapters.registry.migrate import to
from synclass.adapters.registry.migrations import m0009_preparing as step
from synclass.ports import PlanVersion
from synclass.preclass.coprep import Plan
from synclass.words import LessonId

LESSON = LessonId("one")


async def test_the_tables_come_and_go(database: Database) -> None:
    async with database.writing() as connection:
        await connection.run_sync(to, step.down_revision)
        await connection.run_sync(to)
    registry = SqlRegistry(database)
    assert await registry.checks() == [] and await registry.plan(LESSON) is None
    assert await registry.save_plan(LESSON, 0, PlanVersion(0, "wang", 1, Plan(aims="理解"))) == 1
