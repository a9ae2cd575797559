"""The figures of lessons in the registry, one row each, in the order of their days."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import (
    Column,
    Double,
    Index,
    Integer,
    Select,
    Table,
    Text,
    delete,
    func,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from ...ports.figures import Named
from ...postclass.figures import Figure, Sum, figure
from ...postclass.reports import RoomResult
from ...words import LessonId
from .accounts import ACCOUNT
from .database import METADATA
from .district import SCHOOL
from .lessons import LESSON
from .part import Part
from .timetable import OPENING

COUNTED = ("pupils", "here", "answers", "right")
FIGURE = Table(
    "figure",
    METADATA,
    Column("day", Text, primary_key=True),
    Column("lesson", Text, primary_key=True),
    Column("school", Text, nullable=False),
    Column("minutes", Double, nullable=False),
    Column("rooms", Integer, nullable=False),
    Column("room_minutes", Double, nullable=False),
    Column("fairness", Double, nullable=False),
    *(Column(name, Integer, nullable=False) for name in COUNTED),
    sqlite_with_rowid=False,
)
Index("figure_of_lesson", FIGURE.c.lesson)
Index("figures_of_school", FIGURE.c.school, FIGURE.c.day)
_OF_ITS_SLOT = select(OPENING.c.school).where(OPENING.c.lesson == LESSON.c.id).limit(1)
_OF_ITS_TEACHER = (
    select(SCHOOL.c.id)
    .join(ACCOUNT, or_(SCHOOL.c.id == ACCOUNT.c.school, SCHOOL.c.name == ACCOUNT.c.school))
    .where(ACCOUNT.c.name == LESSON.c.teacher)
    .order_by(SCHOOL.c.id)
    .limit(1)
)
HOME = func.coalesce(
    _OF_ITS_SLOT.correlate(LESSON).scalar_subquery(),
    _OF_ITS_TEACHER.correlate(LESSON).scalar_subquery(),
    "",
)
"""The school that holds a lesson: of its timetable, or of its teacher, whose account names it or
has its id; "" for none of the district."""
NAMES = [str(column.name) for column in FIGURE.c]


class SqlFigures(Part):
    async def sums(
        self, first: date, last: date, *, schools: list[str] | None = None, kind: str = ""
    ) -> tuple[list[Sum], list[Sum]]:
        """(of each school, of each day); of all schools where none are named, and of all kinds."""
        c, found = FIGURE.c, []
        for of in (c.school, c.day):
            asked = _sum(of).where(c.day.between(first.isoformat(), last.isoformat()))
            asked = asked if schools is None else asked.where(c.school.in_(schools))
            of_kind = select(LESSON.c.id).where(LESSON.c.kind == kind)
            asked = asked.where(c.lesson.in_(of_kind)) if kind else asked
            rows = await self._db.rows(asked.group_by(of).order_by(of))
            found.append([Sum(*tuple(row)) for row in rows])
        return found[0], found[1]

    async def figures(
        self, first: date, last: date, school: str, *, limit: int = 500
    ) -> list[Named]:
        c = FIGURE.c
        asked = select(FIGURE, LESSON.c.title, LESSON.c.teacher)
        asked = asked.join(LESSON, LESSON.c.id == c.lesson).where(c.school == school)
        asked = asked.where(c.day.between(first.isoformat(), last.isoformat()))
        rows = await self._db.rows(asked.order_by(c.day.desc(), c.lesson).limit(limit))
        return [Named(_figure(row._mapping), row.title, row.teacher) for row in rows]


def _sum(of: Column[Any]) -> Select[Any]:
    c = FIGURE.c
    names = ("rooms", "room_minutes")
    return select(
        of,
        func.count(),
        func.sum(c.minutes),
        *(func.sum(c[name]) for name in names),
        func.sum(c.minutes * c.rooms),
        func.sum(c.fairness),
        *(func.sum(c[name]) for name in COUNTED),
    )


def _figure(row: Any) -> Figure:
    return msgspec.convert({name: row[name] for name in NAMES}, Figure)


async def forget(connection: AsyncConnection, lesson: LessonId) -> None:
    await connection.execute(delete(FIGURE).where(FIGURE.c.lesson == lesson))


async def made_of(
    connection: AsyncConnection, lesson: LessonId, rooms: Sequence[RoomResult], minutes: float
) -> dict[str, Any] | None:
    """The row of a lesson; None where it has no card, or was never begun."""
    c = LESSON.c
    known = select(LESSON, HOME.label("home")).where(c.id == lesson)
    card = (await connection.execute(known)).first()
    if card is None or not card.began_at:
        return None
    opening = select(OPENING.c.day).where(OPENING.c.lesson == lesson)
    opened = (await connection.execute(opening)).first()
    day = date.fromisoformat(opened.day) if opened else datetime.fromtimestamp(card.began_at).date()
    longest = max((minutes, *(room.minutes for room in rooms)))
    made = figure(lesson, rooms, day=day, school=card.home, minutes=longest)
    row: dict[str, Any] = msgspec.to_builtins(made)
    return row
