"""Courses in the registry, and who has been through which of their lessons."""

from msgspec import to_builtins
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    false,
    insert,
    or_,
    select,
)

from ...errors import Unavailable
from ...school.course import Course, Step
from ...school.timetable import Kind, Slot
from .database import METADATA, contradicts
from .district import PERSON
from .things import SqlThings, made
from .timetable import SLOT
from .words import has, words_of

COURSE = Table(
    "course",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("school", Text, ForeignKey("school.id"), nullable=False),
    *(Column(name, Text, nullable=False) for name in ("title", "subject", "grade")),
    Column("teacher", Text, ForeignKey("person.id"), nullable=False),
    *(Column(name, Text, nullable=False) for name in ("kind", "term")),
    Column("lessons", JSON, nullable=False),
    Column("version", Integer, nullable=False),
    Column("archived", Boolean, nullable=False, server_default=false()),
)
Index("courses_of_school", COURSE.c.school)
STEP = Table(
    "course_step",
    METADATA,
    *(Column(name, Text, primary_key=True) for name in ("course", "learner", "lesson")),
    *(Column(name, Text, nullable=False) for name in ("school", "by")),
    Column("at", Double, nullable=False),
)


class SqlCourses(SqlThings):
    async def courses(
        self,
        *,
        kind: Kind | None = None,
        school: str = "",
        text: str = "",
        archived: bool = False,
        limit: int = 500,
    ) -> list[Course]:
        """By title, in use or archived; each word is in title, subject, grade or teacher's name."""
        c, found = COURSE.c, select(COURSE)
        found = found.where(c.archived == archived)
        found = found.where(c.kind == kind.value) if kind else found
        found = found.where(c.school == school) if school else found
        for word in words_of(text):
            known = select(PERSON.c.id).where(has(PERSON.c.name, word), PERSON.c.part == "teacher")
            told = (has(column, word) for column in (c.title, c.subject, c.grade))
            found = found.where(or_(*told, c.teacher.in_(known)))
        rows = await self._db.rows(found.order_by(c.title, c.id).limit(limit))
        return [made(Course, row) for row in rows]

    async def course(self, id_: str) -> Course | None:
        rows = await self._db.rows(select(COURSE).where(COURSE.c.id == id_))
        return made(Course, rows[0]) if rows else None

    async def slots_of(self, course: str) -> list[Slot]:
        c = SLOT.c
        found = select(SLOT).where(c.course == course).order_by(c.weekday, c.period, c.id)
        return [made(Slot, row) for row in await self._db.rows(found)]

    async def steps(self, course: str, *, school: str = "") -> list[Step]:
        """The oldest first; by those of one school, if one is named."""
        c = STEP.c
        found = select(STEP).where(c.course == course).order_by(c.at, c.lesson)
        found = found.where(c.school == school) if school else found
        return [made(Step, row) for row in await self._db.rows(found)]

    async def note_step(self, step: Step) -> None:
        """Keep it; what was taken before stays as it was."""
        try:
            await self._db.write(insert(STEP).values(to_builtins(step)))
        except Unavailable as error:
            if not contradicts(error):
                raise
