"""Lessons of before are of the kind of what they were opened for, and of no course."""

from datetime import date

from msgspec.structs import replace

from synclass.adapters.registry import SqlRegistry
from synclass.adapters.registry.database import Database
from synclass.adapters.registry.migrate import to
from synclass.ports import LessonCard
from synclass.school.timetable import Kind
from synclass.words import LessonId

from ..villages import MATHS, settle


async def test_a_lesson_of_before_is_of_the_kind_of_its_place_in_the_week(
    database: Database,
) -> None:
    registry = SqlRegistry(database)
    await settle(registry)
    await registry.put(replace(MATHS, version=1, kind=Kind.MASTER))
    opened, other = (LessonCard(LessonId(id_), "分数", "", "wang", id_, 1.0) for id_ in "ab")
    for card in (opened, other):
        await registry.save_lesson(card)
    await registry.note_opening(MATHS, date(2026, 9, 7), opened.id)
    async with database.writing() as connection:
        await connection.run_sync(to, "0018")
        await connection.run_sync(to)
    assert await registry.lesson(opened.id) == replace(opened, kind=Kind.MASTER)
    assert await registry.lesson(other.id) == other
