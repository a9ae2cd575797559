"""The cards of lessons in the registry, and how they are found."""

from typing import Any

from msgspec import structs
from sqlalchemy import (
    Column,
    ColumnElement,
    Double,
    Index,
    Row,
    Select,
    Table,
    Text,
    case,
    delete,
    func,
    select,
    text,
)

from ...errors import Refused, Unavailable
from ...ports import ANYWHERE, LessonCard, Within
from ...words import LessonId
from .accounts import ACCOUNT
from .database import METADATA, contradicts, has
from .part import Part

MOST_WORDS = 8
"""Words that a lesson is looked for by; others are not minded."""
LESSON = Table(
    "lesson",
    METADATA,
    Column("id", Text, primary_key=True),
    *(Column(name, Text, nullable=False) for name in ("title", "subject", "teacher", "code")),
    *(Column(name, Double, nullable=False) for name in ("made_at", "began_at", "ended_at")),
)
_OPEN = text("code <> '' AND ended_at = 0")
Index("door", LESSON.c.code, unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN)
Index("newest", LESSON.c.made_at)


class SqlLessons(Part):
    async def lesson(self, lesson: LessonId) -> LessonCard | None:
        return await self._one(select(LESSON).where(LESSON.c.id == lesson))

    async def lesson_by_code(self, code: str) -> LessonCard | None:
        """The open lesson with this code at its door; nobody comes in by the empty one."""
        return await self._one(select(LESSON).where(LESSON.c.code == code, _OPEN))

    async def save_lesson(self, card: LessonCard) -> None:
        """Add or replace by id; raises Refused("code-taken") where an open lesson has the code."""
        try:
            await self._db.write(self._db.upsert(LESSON, structs.asdict(card)))
        except Unavailable as error:
            if contradicts(error):
                raise Refused("code-taken", "another lesson has this code") from error
            raise

    async def remove_lesson(self, lesson: LessonId) -> None:
        await self._db.write(delete(LESSON).where(LESSON.c.id == lesson))

    async def lessons(
        self, *, text: str = "", within: Within = ANYWHERE, limit: int = 200
    ) -> list[LessonCard]:
        """Newest first; each word of ``text`` is looked for as it stands, capital or small."""
        found = select(LESSON).where(*_within(within))
        if words := text.split()[:MOST_WORDS]:
            found = _with_words(found, words)
        newest = found.order_by(LESSON.c.made_at.desc(), LESSON.c.id.desc())
        return [_card(row) for row in await self._db.rows(newest.limit(max(limit, 0)))]

    async def _one(self, statement: Select[Any]) -> LessonCard | None:
        rows = await self._db.rows(statement)
        return _card(rows[0]) if rows else None


def _within(within: Within) -> list[ColumnElement[bool]]:
    when = case((LESSON.c.began_at == 0, LESSON.c.made_at), else_=LESSON.c.began_at)
    where: list[ColumnElement[bool]] = [when.between(within.since, within.until)]
    where += [LESSON.c.subject == within.subject] if within.subject else []
    where += [LESSON.c.teacher == within.teacher] if within.teacher else []
    return where


def _with_words(found: Select[Any], words: list[str]) -> Select[Any]:
    """Those whose title, subject or teacher has them."""
    shown = func.coalesce(ACCOUNT.c.shown, "")
    told = LESSON.c.title + "\n" + LESSON.c.subject + "\n" + LESSON.c.teacher + "\n" + shown
    joined = LESSON.outerjoin(ACCOUNT, ACCOUNT.c.name == LESSON.c.teacher)
    return found.select_from(joined).where(*(has(told, word) for word in words))


def _card(row: Row[Any]) -> LessonCard:
    return LessonCard(**row._mapping)
