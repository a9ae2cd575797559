"""What lessons say of an alliance: plans, who took part, and how they were evaluated."""

from collections.abc import Collection
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Select, func, select

from ...ports.alliances import Judged, Prepared, TakenPart
from ...postclass.evaluation import Evaluation
from ...words import LessonId
from .evaluations import EVALUATION
from .figures import FIGURE
from .lessons import LESSON
from .part import Part
from .preparing import PLAN, REMARK
from .results import RESULT

DONE = ("hands", "words", "on_stage", "pupils", "here")


class SqlCommon(Part):
    async def prepared(self, teachers: Collection[str], *, limit: int = 100) -> list[Prepared]:
        """Lessons of these accounts that have a plan; the last saved first."""
        c, p = LESSON.c, PLAN.c
        remarks = select(func.count()).where(REMARK.c.lesson == c.id).scalar_subquery()
        found = select(c.id, c.title, c.subject, c.teacher, func.max(p.number), remarks)
        found = found.add_columns(func.max(p.at).label("last")).join(PLAN, p.lesson == c.id)
        found = found.where(c.teacher.in_(teachers))
        found = found.group_by(c.id, c.title, c.subject, c.teacher)
        rows = await self._db.rows(found.order_by(func.max(p.at).desc(), c.id).limit(limit))
        return [Prepared(LessonId(row[0]), *tuple(row)[1:]) for row in rows]

    async def taken_part(
        self, first: date, last: date, schools: Collection[str]
    ) -> list[TakenPart]:
        """By classroom, in lessons that these schools taught; the last day included."""
        f = FIGURE.c
        of = select(f.lesson).where(f.day.between(first.isoformat(), last.isoformat()))
        asked = _done().where(RESULT.c.lesson.in_(of.where(f.school.in_(schools))))
        rows = await self._db.rows(asked.group_by(RESULT.c.room).order_by(RESULT.c.room))
        return [TakenPart(*tuple(row)) for row in rows]

    async def rooms_of(self, lessons: Collection[str]) -> dict[str, list[TakenPart]]:
        """What the classrooms did in each of these lessons."""
        c = RESULT.c
        asked = _done().add_columns(c.lesson).where(c.lesson.in_(lessons), c.minutes > 0)
        found: dict[str, list[TakenPart]] = {}
        for row in await self._db.rows(asked.group_by(c.lesson, c.room).order_by(c.room)):
            found.setdefault(row.lesson, []).append(TakenPart(*tuple(row)[:-1]))
        return found

    async def judged(
        self, first: date, last: date, schools: Collection[str], *, limit: int = 500
    ) -> list[Judged]:
        """Evaluations of lessons that these schools taught, the newest first."""
        f, e = FIGURE.c, EVALUATION.c
        asked = select(EVALUATION, f.school, LESSON.c.title).join(FIGURE, f.lesson == e.lesson)
        asked = asked.join(LESSON, LESSON.c.id == e.lesson).where(f.school.in_(schools))
        asked = asked.where(f.day.between(first.isoformat(), last.isoformat()))
        rows = await self._db.rows(asked.order_by(e.made_at.desc(), e.id).limit(limit))
        return [Judged(row.school, row.title, _evaluation(row._mapping)) for row in rows]


def _done() -> Select[Any]:
    c = RESULT.c
    return select(c.room, func.count(), *(func.sum(c[name]) for name in DONE))


def _evaluation(row: Any) -> Evaluation:
    return msgspec.convert(
        {str(column.name): row[column.name] for column in EVALUATION.c}, Evaluation
    )
