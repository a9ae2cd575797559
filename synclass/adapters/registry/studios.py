"""Studios in the registry: their apprentices, the lessons they open, and what their people say."""

from sqlalchemy import Column, Double, ForeignKey, Index, Integer, Table, Text, select

from ...ports.lessons import LessonCard
from ...ports.studios import Opened
from ...school.alliance import Word
from ...school.studio import Apprentice, OpenLesson, Studio
from ...words import LessonId
from .database import METADATA
from .lessons import LESSON
from .things import SqlThings, made
from .threads import said, say, thread

STUDIO = Table(
    "studio",
    METADATA,
    Column("id", Text, primary_key=True),
    *(Column(name, Text, nullable=False) for name in ("name", "subject", "master", "about")),
    Column("version", Integer, nullable=False),
)
APPRENTICE = Table(
    "apprentice",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("studio", Text, ForeignKey("studio.id"), nullable=False),
    *(Column(name, Text, nullable=False) for name in ("account", "standing")),
    Column("at", Double, nullable=False),
    Column("version", Integer, nullable=False),
)
Index("apprentices_of_studio", APPRENTICE.c.studio)
Index("studios_of_apprentice", APPRENTICE.c.account)
OPEN = Table(
    "openlesson",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("studio", Text, ForeignKey("studio.id"), nullable=False),
    Column("lesson", Text, nullable=False),
    Column("at", Double, nullable=False),
    Column("version", Integer, nullable=False),
)
Index("lessons_of_studio", OPEN.c.studio)
WORD = thread("studio_word", of="studio")
Index("words_of_studio", WORD.c.of)
Index("studio_words_on_lesson", WORD.c.lesson)


class SqlStudios(SqlThings):
    async def studios(self) -> list[Studio]:
        c = STUDIO.c
        rows = await self._db.rows(select(STUDIO).order_by(c.subject, c.name, c.id))
        return [made(Studio, row) for row in rows]

    async def studio(self, id_: str) -> Studio | None:
        rows = await self._db.rows(select(STUDIO).where(STUDIO.c.id == id_))
        return made(Studio, rows[0]) if rows else None

    async def apprentices(self, *, studio: str = "", account: str = "") -> list[Apprentice]:
        c = APPRENTICE.c
        found = select(APPRENTICE).order_by(c.at, c.account)
        found = found.where(c.studio == studio) if studio else found
        found = found.where(c.account == account) if account else found
        return [made(Apprentice, row) for row in await self._db.rows(found)]

    async def open_lessons(self, studio: str) -> list[Opened]:
        opened = select(OPEN).where(OPEN.c.studio == studio)
        found = [made(OpenLesson, row) for row in await self._db.rows(opened)]
        newest = LESSON.c.made_at.desc(), LESSON.c.id
        cards = select(LESSON).where(LESSON.c.id.in_([one.lesson for one in found]))
        rows = await self._db.rows(cards.order_by(*newest))
        by = {one.lesson: one for one in found}
        return [Opened(by[row.id], LessonCard(**row._mapping)) for row in rows]

    async def studio_opening(self, lesson: LessonId) -> Studio | None:
        found = select(STUDIO).join(OPEN, OPEN.c.studio == STUDIO.c.id)
        rows = await self._db.rows(found.where(OPEN.c.lesson == lesson))
        return made(Studio, rows[0]) if rows else None

    async def say_in_studio(self, word: Word) -> Word:
        return await say(self._db, WORD, word)

    async def said_in_studio(self, studio: str) -> list[Word]:
        return await said(self._db, WORD, studio)
