"""Ended lessons as resources in the registry, and how they are found."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import JSON, Column, ColumnElement, Double, Index, Integer, Table, Text, or_, select

from ...school.resources import Reach, Resource, bars
from ...words import LessonId
from .accounts import ACCOUNT
from .database import METADATA
from .lessons import LESSON
from .things import SqlThings, made
from .words import has, words_of

RESOURCE = Table(
    "resource",
    METADATA,
    Column("id", Text, primary_key=True),
    *(
        Column(name, Text, nullable=False)
        for name in ("lesson", "school", "reach", "shared_by", "about", "tagged")
    ),
    Column("tags", JSON, nullable=False),
    Column("made_at", Double, nullable=False),
    Column("version", Integer, nullable=False),
)
_C = RESOURCE.c
Index("resource_of_lesson", _C.lesson, unique=True)


class SqlResources(SqlThings):
    async def resource(self, lesson: LessonId) -> Resource | None:
        rows = await self._db.rows(select(RESOURCE).where(_C.lesson == lesson))
        return made(Resource, rows[0]) if rows else None

    async def resources_of(self, lessons: Collection[LessonId]) -> dict[LessonId, Resource]:
        """Of those of these lessons that are shared."""
        of = select(RESOURCE).where(_C.lesson.in_(lessons))
        rows = await self._db.rows(of) if lessons else []
        return {LessonId(row.lesson): made(Resource, row) for row in rows}

    async def resources(
        self, *, text: str = "", tag: str = "", schools: Collection[str] | None, limit: int = 200
    ) -> list[tuple[Resource, str, str, str]]:
        """(resource, title, subject, teacher's account) of the newest that have tag and words.

        Of those that are for the whole region, and those of these schools (None: of all).
        """
        of = LESSON.c
        found = select(RESOURCE, of.title, of.subject, of.teacher).join(LESSON, of.id == _C.lesson)
        found = found.where(*map(_told, words_of(text)))
        found = found.where(has(_C.tagged, bars([tag]))) if tag else found
        if schools is not None:
            found = found.where(or_(_C.reach == Reach.REGION.value, _C.school.in_(schools)))
        rows = await self._db.rows(found.order_by(_C.made_at.desc(), _C.id).limit(limit))
        return [_found(row._mapping) for row in rows]


def _told(word: str) -> ColumnElement[bool]:
    """Whether title, subject, tags, what it is about or its teacher's name has the word."""
    of, a = LESSON.c, ACCOUNT.c
    known = select(a.name).where(or_(has(a.name, word), has(a.shown, word)))
    texts = (of.title, of.subject, _C.about, _C.tagged)
    return or_(*(has(text, word) for text in texts), of.teacher.in_(known))


def _found(row: Any) -> tuple[Resource, str, str, str]:
    thing = Resource(
        **{**{c.name: row[c.name] for c in RESOURCE.columns}, "reach": Reach(row["reach"])}
    )
    return thing, row["title"], row["subject"], row["teacher"]
