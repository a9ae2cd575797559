"""The ninth step: a registry of before keeps its lessons and can be given homework."""

from sqlalchemy import text

from synclass.adapters.registry.database import Database
from synclass.adapters.registry.homework import SqlHomework
from synclass.adapters.registry.migrate import to
from synclass.words import LessonId

from ..test_homework import TASK


async def test_a_lesson_of_before_can_be_given_homework(database: Database) -> None:
    async with database.writing() as connection:
        await connection.run_sync(to, "0005")
        lesson = "('m1', '分数', '数学', 'wang', '', 1.0, 2.0, 3.0)"
        await connection.execute(text(f"INSERT INTO lesson VALUES {lesson}"))
        await connection.run_sync(to)
    await SqlHomework(database).put(TASK)
    assert len(await SqlHomework(database).homework_of(LessonId("m1"))) == 1
