"""Quotas of schools in the registry, and the weights of lessons that are counted against them."""

from sqlalchemy import BigInteger, Column, Double, Index, Integer, Table, Text, func, or_, select

from ...ports.quotas import Home
from ...school.quota import Quota, Used
from ...words import LessonId
from .database import METADATA
from .figures import HOME
from .lessons import LESSON
from .part import Part
from .things import made

SETTLED = 60.0
"""Seconds after the bell that a lesson is weighed for good: its last files are closed by then."""
QUOTA = Table(
    "quota",
    METADATA,
    Column("id", Text, primary_key=True),
    *(Column(name, Integer) for name in ("lessons", "rooms")),
    Column("kept", BigInteger),
    Column("version", Integer, nullable=False),
)
WEIGHT = Table(
    "weight",
    METADATA,
    Column("lesson", Text, primary_key=True),
    Column("school", Text, nullable=False),
    *(Column(name, BigInteger, nullable=False) for name in ("recordings", "courseware")),
    Column("at", Double, nullable=False),
)
_W, _L = WEIGHT.c, LESSON.c
Index("weights_of_school", _W.school, _W.recordings, _W.courseware)


class SqlQuotas(Part):
    async def quotas(self) -> dict[str, Quota]:
        """By school; "" is for all that have no other."""
        return {row.id: made(Quota, row) for row in await self._db.rows(select(QUOTA))}

    async def home_of(self, lesson: LessonId) -> str:
        rows = await self._db.rows(select(HOME.label("home")).where(_L.id == lesson))
        return str(rows[0].home) if rows else ""

    async def running(self) -> list[Home]:
        begun = select(_L.id, HOME.label("home")).where(_L.began_at > 0, _L.ended_at == 0)
        return [Home(LessonId(row.id), row.home) for row in await self._db.rows(begun)]

    async def weigh(self, lesson: LessonId, *, recordings: int, courseware: int, at: float) -> None:
        """It counts for the school that holds it now."""
        async with self._db.writing() as connection:
            home = (await connection.execute(select(HOME).where(_L.id == lesson))).scalar()
            if home is None:
                return
            where = {"lesson": lesson, "school": home}
            weight = {"recordings": recordings, "courseware": courseware, "at": at}
            await connection.execute(self._db.upsert(WEIGHT, {**where, **weight}))

    async def unweighed(self, *, until: float, limit: int) -> list[LessonId]:
        over = _L.ended_at > 0, _L.ended_at <= until - SETTLED
        since = or_(_W.lesson.is_(None), _W.at < _L.ended_at + SETTLED)
        found = select(_L.id).outerjoin(WEIGHT, _W.lesson == _L.id).where(*over, since)
        rows = await self._db.rows(found.order_by(_L.ended_at.desc()).limit(limit))
        return [LessonId(row.id) for row in rows]

    async def kept(self, school: str | None = None) -> dict[str, Used]:
        sums = (func.sum(_W[name]).label(name) for name in ("recordings", "courseware"))
        found = select(_W.school, *sums).group_by(_W.school)
        found = found if school is None else found.where(_W.school == school)
        rows = await self._db.rows(found)
        return {r.school: Used(0, 0, int(r.recordings), int(r.courseware)) for r in rows}
