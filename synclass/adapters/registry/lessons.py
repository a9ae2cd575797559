"""The cards of lessons in the registry, and how they are found."""

from collections.abc import Collection, Sequence
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
    and_,
    case,
    delete,
    or_,
    select,
    text,
    union,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from ...errors import Refused, Unavailable
from ...ports import ANYWHERE, LessonCard, Within
from ...webhooks import News
from ...words import LessonId
from .accounts import ACCOUNT
from .database import METADATA, contradicts
from .news import tell
from .pairs import LESSON_PAIR, Texts, keep, narrowed, pairs_of
from .part import Part
from .photographs import drop
from .wordings import said
from .words import has, words_of

LESSON = Table(
    "lesson",
    METADATA,
    Column("id", Text, primary_key=True),
    *(Column(name, Text, nullable=False) for name in ("title", "subject", "teacher", "code")),
    *(Column(name, Double, nullable=False) for name in ("made_at", "began_at", "ended_at")),
    *(Column(name, Text, nullable=False) for name in ("kind", "course")),
)
HOLD = Table(
    "hold",
    METADATA,
    Column("lesson", Text, primary_key=True),
    *(Column(name, Text, nullable=False) for name in ("who", "why")),
    Column("at", Double, nullable=False),
)
_OPEN = text("code <> '' AND ended_at = 0")
Index("door", LESSON.c.code, unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN)
_C = LESSON.c
SAID = ("alliance_word", "studio_word")
TAUGHT = ("evaluation", "resource", "result", "presence", "figure", "wording", "openlesson")
AFTER = (*TAUGHT, "weight", *SAID)
TOLD = ("news", "delivery")
Index("found_lessons", _C.made_at, _C.id, _C.title, _C.subject, _C.teacher)
Index("lessons_of_teacher", _C.teacher, _C.made_at)


class SqlLessons(Part):
    async def lesson(self, lesson: LessonId) -> LessonCard | None:
        return await self._one(select(LESSON).where(LESSON.c.id == lesson))

    async def lessons_named(self, lessons: Collection[LessonId]) -> dict[LessonId, LessonCard]:
        """Those of these ids that there are, by their ids."""
        rows = await self._db.rows(select(LESSON).where(_C.id.in_(lessons))) if lessons else []
        return {card.id: card for card in map(_card, rows)}

    async def lesson_by_code(self, code: str) -> LessonCard | None:
        """The open lesson with this code at its door; nobody comes in by the empty one."""
        return await self._one(select(LESSON).where(LESSON.c.code == code, _OPEN))

    async def save_lesson(self, card: LessonCard, *, news: Sequence[News] = ()) -> None:
        """Raises Refused("code-taken") where an open lesson has the code."""
        try:
            async with self._db.writing() as connection:
                had = await _pairs(connection, card.id)
                await connection.execute(self._db.upsert(LESSON, structs.asdict(card)))
                now = {str(card.id): pairs_of(card.title, card.subject)}
                await keep(self._db, connection, LESSON_PAIR, before=had, now=now)
                await tell(self._db, connection, news)
        except Unavailable as error:
            if contradicts(error):
                raise Refused("code-taken", "another lesson has this code") from error
            raise

    async def ended(
        self, *, until: float, after: tuple[float, str], limit: int
    ) -> list[LessonCard]:
        """The oldest first, from the one of (time, id) on."""
        at, id_ = after
        later = or_(_C.ended_at > at, and_(_C.ended_at == at, _C.id > id_))
        found = select(LESSON).where(_C.ended_at > 0, _C.ended_at <= until, later)
        rows = await self._db.rows(found.order_by(_C.ended_at, _C.id).limit(limit))
        return [_card(row) for row in rows]

    async def remove_lesson(self, lesson: LessonId) -> None:
        """And all that came after it: homework, evaluations, results.

        Nobody holds it between the look at the holds and the end of its card.
        """
        held = select(HOLD.c.lesson).where(HOLD.c.lesson == lesson)
        of = {name: METADATA.tables[name] for name in (*AFTER, *TOLD, "homework", "work")}
        tasks = select(of["homework"].c.id).where(of["homework"].c.lesson == lesson)
        works = select(of["work"].c.id).where(of["work"].c.homework.in_(tasks))
        async with self._db.writing() as connection:
            await self._db.alone(connection, HOLD.name)
            if (await connection.execute(held)).first() is not None:
                raise Refused("held", "this lesson is held: lift the hold first")
            await drop(connection, works)
            await connection.execute(delete(of["work"]).where(of["work"].c.homework.in_(tasks)))
            for name in ("homework", *AFTER, *TOLD):
                await connection.execute(delete(of[name]).where(of[name].c.lesson == lesson))
            had = await _pairs(connection, lesson)
            await connection.execute(delete(LESSON).where(LESSON.c.id == lesson))
            await keep(self._db, connection, LESSON_PAIR, before=had, now={})

    async def lessons(
        self, *, text: str = "", within: Within = ANYWHERE, limit: int = 200
    ) -> list[LessonCard]:
        """Newest first; each word of ``text`` is looked for as it stands, capital or small."""
        order = _C.made_at.desc(), _C.id.desc()
        words, inside = words_of(text), within.inside
        told = [_told(word, inside=inside) for word in words]
        found = select(_C.id).where(*_within(within), *told)
        few = await narrowed(self._db, LESSON_PAIR, words, _worded if inside else _taught)
        found = found if few is None else found.where(_C.id.in_(few))
        ids = found.order_by(*order).limit(max(limit, 0)).subquery()
        cards = select(LESSON).where(_C.id.in_(select(ids.c.id))).order_by(*order)
        return [_card(row) for row in await self._db.rows(cards)]

    async def _one(self, statement: Select[Any]) -> LessonCard | None:
        rows = await self._db.rows(statement)
        return _card(rows[0]) if rows else None


def _within(within: Within) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if (within.since, within.until) != (ANYWHERE.since, ANYWHERE.until):
        when = case((_C.began_at == 0, _C.made_at), else_=_C.began_at)
        where += [when.between(within.since, within.until)]
    where += [_C.subject == within.subject] if within.subject else []
    where += [_C.teacher == within.teacher] if within.teacher else []
    where += [_C.kind == within.kind] if within.kind else []
    where += [_C.course == within.course] if within.course else []
    return where


async def _pairs(connection: AsyncConnection, lesson: LessonId) -> Texts:
    """Those it is found by, until now."""
    found = await connection.execute(select(_C.id, _C.title, _C.subject).where(_C.id == lesson))
    return {str(row.id): pairs_of(row.title, row.subject) for row in found}


def _taught(word: str) -> Select[Any]:
    """Lessons of teachers whose name has it."""
    return select(_C.id.label("id")).where(_C.teacher.in_(_known(word)))


def _known(word: str) -> Select[Any]:
    a = ACCOUNT.c
    return select(a.name).where(or_(has(a.name, word), has(a.shown, word)))


def _worded(word: str) -> Select[Any]:
    """Those, and lessons in which it was written or shown."""
    ids = union(_taught(word), said(word)).subquery()
    return select(ids.c.id)


def _told(word: str, *, inside: bool) -> ColumnElement[bool]:
    """Whether title, subject or a name of its teacher has it; the index has all that is asked."""
    more = [_C.id.in_(said(word))] if inside else []
    named = _C.teacher.in_(_known(word))
    return or_(has(_C.title, word), has(_C.subject, word), named, *more)


def _card(row: Row[Any]) -> LessonCard:
    return LessonCard(**row._mapping)
