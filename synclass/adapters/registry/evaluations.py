"""Rubrics in the registry, and what evaluators say of lessons by them."""

from sqlalchemy import JSON, Column, Double, Index, Integer, Table, Text, select

from ...postclass.evaluation import Evaluation, Rubric
from ...words import LessonId
from .database import METADATA
from .things import SqlThings, made

RUBRIC = Table(
    "rubric",
    METADATA,
    Column("id", Text, primary_key=True),
    *(Column(name, Text, nullable=False) for name in ("school", "title")),
    Column("criteria", JSON, nullable=False),
    Column("version", Integer, nullable=False),
)
_TEXTS = ("lesson", "account", "shown", "role", "rubric", "summary")
EVALUATION = Table(
    "evaluation",
    METADATA,
    Column("id", Text, primary_key=True),
    *(Column(name, Text, nullable=False) for name in _TEXTS),
    *(Column(name, JSON, nullable=False) for name in ("criteria", "points", "remarks")),
    Column("made_at", Double, nullable=False),
    Column("version", Integer, nullable=False),
)
Index("evaluations_of_lesson", EVALUATION.c.lesson)


class SqlEvaluations(SqlThings):
    async def rubrics(self, *, school: str | None = None) -> list[Rubric]:
        """Those of a school ("" is the district), or all."""
        found = select(RUBRIC).order_by(RUBRIC.c.school, RUBRIC.c.title, RUBRIC.c.id)
        found = found if school is None else found.where(RUBRIC.c.school == school)
        return [made(Rubric, row) for row in await self._db.rows(found)]

    async def rubric(self, id_: str) -> Rubric | None:
        rows = await self._db.rows(select(RUBRIC).where(RUBRIC.c.id == id_))
        return made(Rubric, rows[0]) if rows else None

    async def evaluations(self, lesson: LessonId) -> list[Evaluation]:
        """The oldest first."""
        c = EVALUATION.c
        found = select(EVALUATION).where(c.lesson == lesson).order_by(c.made_at, c.id)
        return [made(Evaluation, row) for row in await self._db.rows(found)]
