"""Homework in the registry, and what pupils hand in."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Double,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    select,
)

from ...ports.photographs import Photograph
from ...postclass.homework import Homework, Work
from ...webhooks import News
from ...words import LessonId
from .database import METADATA
from .photographs import keep
from .things import SqlThings, made

HOMEWORK = Table(
    "homework",
    METADATA,
    Column("id", Text, primary_key=True),
    *(Column(name, Text, nullable=False) for name in ("lesson", "text", "code")),
    *(Column(name, Double, nullable=False) for name in ("due", "made_at")),
    Column("version", Integer, nullable=False),
)
Index("homework_of_lesson", HOMEWORK.c.lesson)
Index("homework_codes", HOMEWORK.c.code, unique=True)
_TEXTS = ("pupil", "school", "kind", "text", "by", "receipt", "mark", "remark")
WORK = Table(
    "work",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("homework", Text, ForeignKey("homework.id"), nullable=False),
    *(Column(name, Text, nullable=False) for name in _TEXTS),
    *(Column(name, JSON, nullable=False) for name in ("ink", "marks")),
    *(Column(name, Integer, nullable=False) for name in ("width", "height")),
    *(Column(name, Double, nullable=False) for name in ("handed_at", "marked_at", "returned_at")),
    Column("version", Integer, nullable=False),
)
_C = WORK.c
Index("work_of_pupil", _C.homework, _C.school, _C.pupil, unique=True)
Index("works_of_school", _C.school, _C.pupil)
Index("receipts", _C.receipt, unique=True)


class SqlHomework(SqlThings):
    async def homework(self, id_: str) -> Homework | None:
        return await self._homework(HOMEWORK.c.id == id_)

    async def homework_by_code(self, code: str) -> Homework | None:
        return await self._homework(HOMEWORK.c.code == code)

    async def homework_of(self, lesson: LessonId) -> list[Homework]:
        """The oldest first."""
        c = HOMEWORK.c
        found = select(HOMEWORK).where(c.lesson == lesson).order_by(c.made_at, c.id)
        return [made(Homework, row) for row in await self._db.rows(found)]

    async def works(self, homework: str, *, school: str = "") -> list[Work]:
        """By school and pupil."""
        found = select(WORK).where(_C.homework == homework).order_by(_C.school, _C.pupil)
        found = found.where(_C.school == school) if school else found
        return [made(Work, row) for row in await self._db.rows(found)]

    async def work(self, id_: str) -> Work | None:
        return await self._work(_C.id == id_)

    async def work_of(self, homework: str, school: str, pupil: str) -> Work | None:
        return await self._work(_C.homework == homework, _C.school == school, _C.pupil == pupil)

    async def work_by_receipt(self, receipt: str) -> Work | None:
        return await self._work(_C.receipt == receipt)

    async def works_of_pupil(self, school: str, pupil: str) -> list[Work]:
        """All that somebody handed in, the newest first."""
        found = select(WORK).where(_C.school == school, _C.pupil == pupil)
        rows = await self._db.rows(found.order_by(_C.handed_at.desc(), _C.id))
        return [made(Work, row) for row in rows]

    async def put_photographed(
        self, work: Work, photograph: Photograph, *, news: Sequence[News] = ()
    ) -> Work:
        """The work and its photograph at once; one of before is to go."""
        return await self._put(work, news, lambda connection: keep(connection, photograph))

    async def _homework(self, where: ColumnElement[bool]) -> Homework | None:
        rows: Any = await self._db.rows(select(HOMEWORK).where(where))
        return made(Homework, rows[0]) if rows else None

    async def _work(self, *where: ColumnElement[bool]) -> Work | None:
        rows: Any = await self._db.rows(select(WORK).where(*where))
        return made(Work, rows[0]) if rows else None
