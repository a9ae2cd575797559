"""The timetable in the registry: lessons of a week, their rooms, and which of them were opened."""

from datetime import date

from msgspec import to_builtins
from sqlalchemy import (
    JSON,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    case,
    delete,
    func,
    insert,
    select,
)

from ...errors import Refused, Unavailable
from ...ports import Held, Removed
from ...school.timetable import Slot
from ...words import LessonId
from .database import METADATA, contradicts
from .lessons import LESSON
from .things import SqlThings, made

SLOT = Table(
    "slot",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("term", Text, ForeignKey("term.id"), nullable=False),
    Column("school", Text, ForeignKey("school.id"), nullable=False),
    *(Column(name, Text, nullable=False) for name in ("title", "subject")),
    Column("teacher", Text, ForeignKey("person.id"), nullable=False),
    Column("room", Text, ForeignKey("classroom.id"), nullable=False),
    *(Column(name, Integer, nullable=False) for name in ("weekday", "period")),
    Column("listeners", JSON, nullable=False),
    *(Column(name, Text, nullable=False) for name in ("kind", "weeks")),
    Column("version", Integer, nullable=False),
    Column("cancelled", JSON, nullable=False),
    Column("course", Text, nullable=False),
)
Index("slots_of_teacher", SLOT.c.teacher)
Index("slots_of_weekday", SLOT.c.weekday)
Index("slots_of_course", SLOT.c.course)
SLOT_ROOM = Table(
    "slot_room",
    METADATA,
    Column("slot", Text, ForeignKey("slot.id"), primary_key=True),
    Column("room", Text, ForeignKey("classroom.id"), primary_key=True),
    Column("school", Text, nullable=False),
)
Index("slots_of_room", SLOT_ROOM.c.room)
Index("slots_of_school", SLOT_ROOM.c.school)
OPENING = Table(
    "opening",
    METADATA,
    Column("slot", Text, primary_key=True),
    Column("day", Text, primary_key=True),
    Column("lesson", Text, nullable=False),
    Column("school", Text, nullable=False),
    Column("rooms", Integer, nullable=False),
)
Index("openings_of_day", OPENING.c.day)
Index("lesson_opened", OPENING.c.lesson)


REMOVED = Table(
    "removed_slot",
    METADATA,
    *(Column(name, Text, primary_key=name == "id", nullable=False) for name in ("id", "term")),
    Column("slot", JSON, nullable=False),
    Column("day", Text, nullable=False),
)


class SqlTimetable(SqlThings):
    async def slots(
        self,
        term: str,
        *,
        school: str = "",
        teacher: str = "",
        rooms: list[str] | None = None,
        weekday: int = 0,
    ) -> list[Slot]:
        """By weekday and bell: of a school, or where it listens; of a teacher; of any of rooms."""
        c = SLOT.c
        found = select(SLOT).where(c.term == term).order_by(c.weekday, c.period, c.id)
        found = found.where(c.teacher == teacher) if teacher else found
        found = found.where(c.weekday == weekday) if weekday else found
        if school:
            there = select(SLOT_ROOM.c.slot).where(SLOT_ROOM.c.school == school)
            found = found.where(c.id.in_(there))
        if rooms is not None:
            there = select(SLOT_ROOM.c.slot).where(SLOT_ROOM.c.room.in_(rooms))
            found = found.where(c.id.in_(there))
        return [made(Slot, row) for row in await self._db.rows(found)]

    async def slot(self, id_: str) -> Slot | None:
        rows = await self._db.rows(select(SLOT).where(SLOT.c.id == id_))
        return made(Slot, rows[0]) if rows else None

    async def slot_of(self, lesson: LessonId) -> Slot | None:
        """What a lesson was opened for, if the timetable opened it."""
        of = select(OPENING.c.slot).where(OPENING.c.lesson == lesson)
        rows = await self._db.rows(select(SLOT).where(SLOT.c.id.in_(of)))
        return made(Slot, rows[0]) if rows else None

    async def opened(self, day: date) -> dict[str, LessonId]:
        """The lessons of a day that were opened, by their slot."""
        c = OPENING.c
        rows = await self._db.rows(select(c.slot, c.lesson).where(c.day == day.isoformat()))
        return {row.slot: LessonId(row.lesson) for row in rows}

    async def note_opening(self, slot: Slot, day: date, lesson: LessonId) -> None:
        """Raises Refused("taken") where somebody has opened it."""
        values: dict[str, str | int] = {"slot": slot.id, "day": day.isoformat(), "lesson": lesson}
        values |= {"school": slot.school, "rooms": len(slot.rooms)}
        try:
            await self._db.write(insert(OPENING).values(values))
        except Unavailable as error:
            if contradicts(error):
                raise Refused("taken", "this lesson is open already") from error
            raise

    async def note_removed(self, slot: Slot, day: date, *, until: date) -> None:
        """It is taken out from this day on; what was until another day is forgotten."""
        await self._db.write(delete(REMOVED).where(REMOVED.c.day < until.isoformat()))
        values = {"id": slot.id, "term": slot.term, "slot": to_builtins(slot)}
        await self._db.write(self._db.upsert(REMOVED, values | {"day": day.isoformat()}))

    async def removed(self, term: str) -> list[Removed]:
        """What was taken out of a term's timetable and is not forgotten yet, by id."""
        c = REMOVED.c
        rows = await self._db.rows(select(c.slot, c.day).where(c.term == term).order_by(c.id))
        return [made(Removed, row) for row in rows]

    async def held(self, first: date, last: date) -> list[Held]:
        """What each school taught in these days, the last one included."""
        ended = case((LESSON.c.ended_at > 0, LESSON.c.ended_at), else_=LESSON.c.began_at)
        seconds = func.sum(ended - LESSON.c.began_at)
        joined = OPENING.join(LESSON, LESSON.c.id == OPENING.c.lesson)
        totals = (
            select(OPENING.c.school, func.count().label("lessons"))
            .add_columns(func.sum(OPENING.c.rooms).label("rooms"), seconds.label("seconds"))
            .select_from(joined)
            .where(OPENING.c.day.between(first.isoformat(), last.isoformat()))
            .where(LESSON.c.began_at > 0)
            .group_by(OPENING.c.school)
        )
        rows = await self._db.rows(totals.order_by(OPENING.c.school))
        return [Held(row.school, row.lessons, row.rooms, row.seconds) for row in rows]
