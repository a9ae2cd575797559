"""The words of ended lessons in the registry: a row each, and how lessons are found by them."""

from collections.abc import Sequence
from typing import Any

from msgspec import json
from sqlalchemy import Column, Select, Table, Text, exists, select

from ...postclass.wording import Line
from ...words import LessonId
from .database import METADATA
from .part import Part
from .words import has

WORDING = Table(
    "wording",
    METADATA,
    Column("lesson", Text, primary_key=True),
    *(Column(name, Text, nullable=False) for name in ("words", "lines")),
)
_LINES = json.Decoder(list[Line])


class SqlWordings(Part):
    async def keep_wording(self, lesson: LessonId, lines: Sequence[Line]) -> None:
        """Not of a lesson that was erased while it was read."""
        card = METADATA.tables["lesson"]
        words = "\n".join(line.text for line in lines).replace("\0", "")
        told = json.encode(list(lines)).decode()
        async with self._db.writing() as connection:
            there = select(card.c.id).where(card.c.id == lesson).with_for_update()
            if (await connection.execute(there)).first() is not None:
                row = {"lesson": lesson, "words": words, "lines": told}
                await connection.execute(self._db.upsert(WORDING, row))

    async def without_wording(self, *, limit: int) -> list[LessonId]:
        """The newest first: they are looked for most."""
        card = METADATA.tables["lesson"].c
        read = exists(select(WORDING.c.lesson).where(WORDING.c.lesson == card.id))
        found = select(card.id).where(card.ended_at > 0, ~read)
        rows = await self._db.rows(found.order_by(card.ended_at.desc()).limit(limit))
        return [LessonId(row.id) for row in rows]

    async def wordings(self, lessons: Sequence[LessonId]) -> dict[LessonId, list[Line]]:
        c = WORDING.c
        rows = await self._db.rows(select(c.lesson, c.lines).where(c.lesson.in_(lessons)))
        return {LessonId(row.lesson): _LINES.decode(row.lines) for row in rows}


def said(word: str) -> Select[Any]:
    """Lessons in which the word was written or shown."""
    c = WORDING.c
    return select(c.lesson.label("id")).where(has(c.words, word))
