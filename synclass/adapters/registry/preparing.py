"""Door checks and plans of lessons in the registry."""

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import structs
from sqlalchemy import (
    JSON,
    Column,
    Double,
    Index,
    Integer,
    Row,
    Select,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
)

from ...errors import Refused
from ...ports import KeptCheck, PlanVersion, Remark
from ...preclass.coprep import MOST_REMARKS, MOST_VERSIONS, Plan
from ...words import LessonId
from .database import METADATA
from .part import Part
from .things import made

CHECK = Table(
    "door_check",
    METADATA,
    Column("room", Text, primary_key=True),
    Column("lesson", Text, primary_key=True),
    Column("at", Double, nullable=False),
    *(Column(name, JSON, nullable=False) for name in ("finding", "grades")),
)
Index("checks_of_room", CHECK.c.room, CHECK.c.at)
PLAN = Table(
    "plan",
    METADATA,
    Column("lesson", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("who", Text, nullable=False),
    Column("at", Double, nullable=False),
    *(Column(name, Text, nullable=False) for name in ("aims", "points", "steps", "homework")),
)
REMARK = Table(
    "plan_remark",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("lesson", Text, nullable=False),
    Column("parent", Integer, nullable=False),
    *(Column(name, Text, nullable=False) for name in ("section", "who")),
    Column("at", Double, nullable=False),
    Column("text", Text, nullable=False),
    sqlite_autoincrement=True,
)
Index("remarks_of_lesson", REMARK.c.lesson)


class SqlPreparing(Part):
    async def keep_check(self, check: KeptCheck) -> None:
        values = {"room": check.room, "lesson": check.lesson, "at": check.at}
        values |= {"finding": msgspec.to_builtins(check.finding), "grades": check.grades}
        await self._db.write(self._db.upsert(CHECK, values))

    async def checks(
        self, rooms: Sequence[str] | None = None, *, limit: int = 500
    ) -> list[KeptCheck]:
        """The latest of each room, newest first."""
        c = CHECK.c
        latest = select(c.room, func.max(c.at).label("at")).group_by(c.room)
        latest = latest if rooms is None else latest.where(c.room.in_(rooms))
        last = latest.subquery()
        found = select(CHECK).join(last, (c.room == last.c.room) & (c.at == last.c.at))
        rows = await self._db.rows(found.order_by(c.at.desc(), c.room).limit(limit))
        return [made(KeptCheck, row) for row in rows]

    async def save_plan(self, lesson: LessonId, seen: int, version: PlanVersion) -> int:
        """Two who save at once: the second meets the first's version, and nothing is lost."""
        newest = select(func.max(PLAN.c.number)).where(PLAN.c.lesson == lesson)
        async with self._db.writing() as connection:
            await self._db.alone(connection, PLAN.name)
            now = (await connection.execute(newest)).scalar() or 0
            if now != seen:
                raise Refused("changed-meanwhile", "somebody has saved another version meanwhile")
            if now >= MOST_VERSIONS:
                raise Refused("too-many-versions", f"a plan has at most {MOST_VERSIONS} versions")
            values = {"lesson": lesson, "number": now + 1, "who": version.who, "at": version.at}
            values |= structs.asdict(version.plan)
            await connection.execute(insert(PLAN).values(values))
        return now + 1

    async def plan(self, lesson: LessonId, number: int = 0) -> PlanVersion | None:
        found = select(PLAN).where(PLAN.c.lesson == lesson)
        found = found.where(PLAN.c.number == number) if number else found
        rows = await self._db.rows(found.order_by(PLAN.c.number.desc()).limit(1))
        return _version(rows[0]) if rows else None

    async def plan_versions(self, lesson: LessonId) -> list[tuple[int, str, float]]:
        c = PLAN.c
        found = select(c.number, c.who, c.at).where(c.lesson == lesson).order_by(c.number.desc())
        return [(row.number, row.who, row.at) for row in await self._db.rows(found)]

    async def remark(self, lesson: LessonId, remark: Remark) -> Remark:
        """A thread is one deep: who answers an answer answers what that was about."""
        values = {**structs.asdict(remark), "lesson": lesson}
        del values["id"]
        async with self._db.writing() as connection:
            await self._db.alone(connection, REMARK.name)
            ours = REMARK.c.lesson == lesson
            count = await connection.execute(select(func.count()).where(ours))
            if count.scalar_one() >= MOST_REMARKS:
                raise Refused("too-many-remarks", f"a plan has at most {MOST_REMARKS} remarks")
            if remark.parent:
                of = select(REMARK).where(ours, REMARK.c.id == remark.parent)
                above = (await connection.execute(of)).one_or_none()
                if above is None:
                    raise Refused("no-remark", "there is no such remark to answer")
                values |= {"parent": above.parent or above.id, "section": above.section}
            added = await connection.execute(insert(REMARK).values(values).returning(REMARK.c.id))
            id_ = added.scalar_one()
        return Remark(id_, **{name: v for name, v in values.items() if name != "lesson"})

    async def remarks(self, lesson: LessonId) -> list[Remark]:
        found: Select[Any] = select(REMARK).where(REMARK.c.lesson == lesson).order_by(REMARK.c.id)
        return [_remark(row) for row in await self._db.rows(found)]

    async def forget_preparing(self, lesson: LessonId) -> None:
        tables = (CHECK, PLAN, REMARK)
        await self._db.write(*(delete(t).where(t.c.lesson == lesson) for t in tables))


def _version(row: Row[Any]) -> PlanVersion:
    return PlanVersion(
        row.number, row.who, row.at, Plan(row.aims, row.points, row.steps, row.homework)
    )


def _remark(row: Row[Any]) -> Remark:
    return Remark(row.id, row.parent, row.section, row.who, row.at, row.text)
