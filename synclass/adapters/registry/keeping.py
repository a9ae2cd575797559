"""What is kept in the registry: holds on lessons, rules, and the notices of what falls."""

from msgspec import structs
from sqlalchemy import Column, Double, Integer, Table, Text, delete, insert, select

from ...errors import Refused
from ...ports import Hold
from ...school.retention import Falling, Rule
from ...words import LessonId
from .database import METADATA
from .lessons import HOLD, LESSON
from .part import Part

RULE = Table(
    "keeping_rule",
    METADATA,
    *(Column(name, Text, primary_key=True) for name in ("subject", "teacher")),
    Column("months", Integer, nullable=False),
)
FALLING = Table(
    "falling",
    METADATA,
    Column("lesson", Text, primary_key=True),
    Column("noticed_at", Double, nullable=False),
)


class SqlKeeping(Part):
    async def hold(self, lesson: LessonId) -> Hold | None:
        rows = await self._db.rows(select(HOLD).where(HOLD.c.lesson == lesson))
        return Hold(**rows[0]._mapping) if rows else None

    async def holds(self) -> list[Hold]:
        rows = await self._db.rows(select(HOLD).order_by(HOLD.c.at.desc(), HOLD.c.lesson))
        return [Hold(**row._mapping) for row in rows]

    async def put_hold(self, hold: Hold) -> None:
        """Nobody erases between the look at the card and the hold."""
        values = structs.asdict(hold)
        card = select(LESSON.c.id).where(LESSON.c.id == hold.lesson)
        async with self._db.writing() as connection:
            await self._db.alone(connection, HOLD.name)
            if (await connection.execute(card)).first() is None:
                raise Refused("no-lesson", "there is no such lesson")
            await connection.execute(self._db.upsert(HOLD, values))

    async def lift_hold(self, lesson: LessonId) -> bool:
        return bool(await self._db.write(delete(HOLD).where(HOLD.c.lesson == lesson)))

    async def rules(self) -> list[Rule]:
        order = RULE.c.subject, RULE.c.teacher
        return [Rule(**row._mapping) for row in await self._db.rows(select(RULE).order_by(*order))]

    async def set_rule(self, rule: Rule) -> None:
        of_it = RULE.c.subject == rule.subject, RULE.c.teacher == rule.teacher
        gone = delete(RULE).where(*of_it)
        await self._db.write(self._db.upsert(RULE, structs.asdict(rule)) if rule.months else gone)

    async def falling(self) -> list[Falling]:
        rows = await self._db.rows(select(FALLING).order_by(FALLING.c.noticed_at, FALLING.c.lesson))
        return [Falling(**row._mapping) for row in rows]

    async def announce(self, lessons: list[Falling]) -> None:
        """Of two nodes that look at once each finds what the other kept."""
        async with self._db.writing() as connection:
            await self._db.alone(connection, FALLING.name)
            known = {row.lesson for row in await connection.execute(select(FALLING.c.lesson))}
            new = {one.lesson: one.noticed_at for one in lessons if one.lesson not in known}
            for lesson, at in new.items():
                await connection.execute(insert(FALLING).values(lesson=lesson, noticed_at=at))

    async def withdraw(self, lessons: list[LessonId]) -> None:
        await self._db.write(delete(FALLING).where(FALLING.c.lesson.in_(lessons)))
