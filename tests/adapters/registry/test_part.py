"""Parts of one registry share its database."""

from synclass.adapters.registry.database import Database
from synclass.adapters.registry.lessons import SqlLessons
from synclass.adapters.registry.part import Part
from synclass.words import LessonId


async def test_a_part_may_stand_alone(database: Database) -> None:
    lessons = SqlLessons(database)
    assert isinstance(lessons, Part)
    assert await lessons.lesson(LessonId("m1")) is None
