"""The class books in the registry: two tables of ids, one of who was there, one of answers."""

from typing import Any

from msgspec import structs
from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    Row,
    Select,
    Table,
    Text,
    delete,
    insert,
    or_,
    select,
)

from ...classbook import Answered, Attended, Classbook, Past
from ...words import LessonId
from .database import METADATA
from .lessons import LESSON
from .part import Part

ATTENDED = Table(
    "attended",
    METADATA,
    *(Column(name, Text, primary_key=True) for name in ("lesson", "pupil")),
    Column("classroom", Text, nullable=False),
    Column("here", Boolean, nullable=False),
    Column("picked", Integer, nullable=False),
)
Index("lessons_of_pupil", ATTENDED.c.pupil)
Index("lessons_of_class", ATTENDED.c.classroom)
ANSWERED = Table(
    "answered",
    METADATA,
    *(Column(name, Text, primary_key=True) for name in ("lesson", "pupil")),
    Column("quiz", Integer, primary_key=True),
    Column("classroom", Text, nullable=False),
    Column("said", Text, nullable=False),
    Column("right", Boolean, nullable=True),
)
Index("answers_of_pupil", ANSWERED.c.pupil)
Index("answers_of_class", ANSWERED.c.classroom)
TABLES = (ATTENDED, ANSWERED)


class SqlClassbooks(Part):
    async def keep_book(self, lesson: LessonId, book: Classbook) -> None:
        """In place of what was kept before; all of it or nothing."""
        async with self._db.writing() as connection:
            for table in TABLES:
                await connection.execute(delete(table).where(table.c.lesson == lesson))
            if rows := [{"lesson": lesson, **structs.asdict(one)} for one in book.attended]:
                await connection.execute(insert(ATTENDED), rows)
            if rows := [{"lesson": lesson, **structs.asdict(one)} for one in book.answered]:
                await connection.execute(insert(ANSWERED), rows)

    async def book(self, lesson: LessonId) -> Classbook:
        where = [
            select(table).where(table.c.lesson == lesson).order_by(*table.primary_key)
            for table in TABLES
        ]
        attended, answered = [await self._db.rows(found) for found in where]
        return Classbook([_attended(row) for row in attended], [_answered(row) for row in answered])

    async def past(self, pupil: str, *, limit: int = 200) -> list[Past]:
        """Three questions, whatever the number of lessons."""
        a, b = [select(t.c.lesson).where(t.c.pupil == pupil) for t in TABLES]
        newest = select(LESSON.c.id).where(or_(LESSON.c.id.in_(a), LESSON.c.id.in_(b)))
        newest = newest.order_by(LESSON.c.began_at.desc(), LESSON.c.id).limit(max(limit, 0))
        lessons = [row.id for row in await self._db.rows(newest)]
        found = {lesson: Past(LessonId(lesson), None, []) for lesson in lessons}
        rows = [await self._db.rows(_of(table, pupil, lessons)) for table in TABLES]
        for row in rows[0]:
            found[row.lesson] = structs.replace(found[row.lesson], attended=_attended(row))
        for row in rows[1]:
            found[row.lesson].answered.append(_answered(row))
        return list(found.values())

    async def forget_book(self, lesson: LessonId) -> None:
        await self._db.write(*(delete(t).where(t.c.lesson == lesson) for t in TABLES))


def _of(table: Table, pupil: str, lessons: list[str]) -> Select[Any]:
    found = select(table).where(table.c.pupil == pupil, table.c.lesson.in_(lessons))
    return found.order_by(*table.primary_key)


def _attended(row: Row[Any]) -> Attended:
    return Attended(row.classroom, row.pupil, row.here, row.picked)


def _answered(row: Row[Any]) -> Answered:
    return Answered(row.classroom, row.pupil, row.quiz, row.said, row.right)
