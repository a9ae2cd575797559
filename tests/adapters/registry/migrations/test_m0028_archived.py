"""Courses of before are in use."""

from sqlalchemy import text

from synclass.adapters.registry import SqlRegistry
from synclass.adapters.registry.database import Database
from synclass.adapters.registry.migrate import to

SCHOOL = "INSERT INTO school (id, name, alliance, bells, version) VALUES ('s1', 'x', '', '[]', 1)"
PERSON = """INSERT INTO person VALUES ('p1', 's1', '王', 'teacher', '', '', '', 0, 0, 1)"""
COURSE = """INSERT INTO course VALUES
('k1', 's1', '分数', '', '', 'p1', 'library', '', '[]', 1)"""


async def test_a_course_of_before_is_in_use(database: Database) -> None:
    async with database.writing() as connection:
        await connection.run_sync(to, "0027")
        for one in (SCHOOL, PERSON, COURSE):
            await connection.execute(text(one))
        await connection.run_sync(to)
    (course,) = await SqlRegistry(database).courses()
    assert not course.archived
