"""What lessons came to, in the registry: room by room, and who of a room was there."""

from collections.abc import Sequence

from msgspec import structs
from sqlalchemy import Column, Double, Index, Integer, Select, Table, Text, delete, insert, select

from ...postclass.reports import Presence, RoomResult
from ...words import LessonId
from .database import METADATA
from .figures import FIGURE, forget, made_of
from .lessons import LESSON
from .part import Part
from .things import made

RESULT = Table(
    "result",
    METADATA,
    Column("lesson", Text, primary_key=True),
    Column("room", Text, primary_key=True),
    *(Column(name, Double, nullable=False) for name in ("began_at", "minutes", "on_stage")),
    *(
        Column(name, Integer, nullable=False)
        for name in ("pupils", "here", "hands", "words", "answers", "right")
    ),
)
Index("results_of_room", RESULT.c.room, RESULT.c.began_at)
PRESENCE = Table(
    "presence",
    METADATA,
    *(Column(name, Text, primary_key=True) for name in ("lesson", "room", "pupil")),
    Column("here", Integer, nullable=False),
)
Index("presence_of_pupil", PRESENCE.c.room, PRESENCE.c.pupil)


class SqlResults(Part):
    async def keep_results(
        self,
        lesson: LessonId,
        rooms: Sequence[RoomResult],
        pupils: Sequence[Presence],
        *,
        minutes: float = 0.0,
    ) -> None:
        """In the place of what was kept of this lesson, which had so many minutes."""
        async with self._db.writing() as connection:
            for table in (RESULT, PRESENCE):
                await connection.execute(delete(table).where(table.c.lesson == lesson))
            for table, rows in ((RESULT, [*map(structs.asdict, rooms)]), (PRESENCE, _rows(pupils))):
                if rows:
                    await connection.execute(insert(table), rows)
            await forget(connection, lesson)
            if row := await made_of(connection, lesson, rooms, minutes):
                await connection.execute(insert(FIGURE).values(row))

    async def results_of_room(
        self, room: str, *, teacher: str = "", limit: int = 200
    ) -> list[RoomResult]:
        """Over time, the oldest first; of one teacher's lessons where she is named."""
        c = RESULT.c
        found = select(RESULT).where(c.room == room).order_by(c.began_at.desc()).limit(limit)
        if teacher:
            found = found.where(c.lesson.in_(_taught_by(teacher)))
        rows = await self._db.rows(found)
        return [made(RoomResult, row) for row in reversed(rows)]

    async def presence_of(
        self, room: str, pupil: str, *, teacher: str = "", limit: int = 200
    ) -> list[tuple[Presence, float]]:
        """(whether they were there, when the lesson began), the oldest first."""
        c = PRESENCE.c
        found = select(PRESENCE, LESSON.c.began_at).join(LESSON, LESSON.c.id == c.lesson)
        found = found.where(c.room == room, c.pupil == pupil)
        found = found.where(LESSON.c.teacher == teacher) if teacher else found
        rows = await self._db.rows(found.order_by(LESSON.c.began_at.desc()).limit(limit))
        return [
            (Presence(LessonId(row.lesson), row.room, row.pupil, bool(row.here)), row.began_at)
            for row in reversed(rows)
        ]


def _taught_by(teacher: str) -> Select[tuple[str]]:
    return select(LESSON.c.id).where(LESSON.c.teacher == teacher)


def _rows(pupils: Sequence[Presence]) -> list[dict[str, object]]:
    return [{**structs.asdict(one), "here": int(one.here)} for one in pupils]
