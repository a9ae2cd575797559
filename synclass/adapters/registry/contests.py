"""Contests in the registry: entries, and what judges gave."""

from sqlalchemy import JSON, Column, Double, ForeignKey, Index, Integer, Table, Text, select

from ...postclass.contest import Contest, Entered, Verdict
from ...words import LessonId
from .database import METADATA
from .things import SqlThings, made


def _texts(*names: str) -> list[Column[str]]:
    return [Column(name, Text, nullable=False) for name in names]


CONTEST = Table(
    "contest",
    METADATA,
    Column("id", Text, primary_key=True),
    *_texts("title", "about", "rubric", "until"),
    *(Column(name, JSON, nullable=False) for name in ("criteria", "judges")),
    Column("closed_at", Double, nullable=False),
    Column("version", Integer, nullable=False),
)
ENTERED = Table(
    "entered",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("contest", Text, ForeignKey("contest.id"), nullable=False),
    *_texts("lesson", "title", "teacher", "shown", "school"),
    Column("at", Double, nullable=False),
    Column("version", Integer, nullable=False),
)
Index("entered_in_contest", ENTERED.c.contest)
Index("contests_with_lesson", ENTERED.c.lesson)
VERDICT = Table(
    "verdict",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("contest", Text, ForeignKey("contest.id"), nullable=False),
    *_texts("lesson", "account", "shown", "summary"),
    Column("points", JSON, nullable=False),
    Column("made_at", Double, nullable=False),
    Column("version", Integer, nullable=False),
)
Index("verdicts_of_contest", VERDICT.c.contest)


class SqlContests(SqlThings):
    async def contests(self) -> list[Contest]:
        c = CONTEST.c
        found = select(CONTEST).order_by(c.closed_at > 0, c.closed_at.desc(), c.until.desc(), c.id)
        return [made(Contest, row) for row in await self._db.rows(found)]

    async def contest(self, id_: str) -> Contest | None:
        rows = await self._db.rows(select(CONTEST).where(CONTEST.c.id == id_))
        return made(Contest, rows[0]) if rows else None

    async def contests_with(self, lesson: LessonId) -> list[Contest]:
        found = select(CONTEST).join(ENTERED, ENTERED.c.contest == CONTEST.c.id)
        rows = await self._db.rows(found.where(ENTERED.c.lesson == lesson).order_by(CONTEST.c.id))
        return [made(Contest, row) for row in rows]

    async def entered(self, contest: str = "") -> list[Entered]:
        found = select(ENTERED).order_by(ENTERED.c.at, ENTERED.c.id)
        found = found.where(ENTERED.c.contest == contest) if contest else found
        return [made(Entered, row) for row in await self._db.rows(found)]

    async def verdicts(self, contest: str = "") -> list[Verdict]:
        found = select(VERDICT).order_by(VERDICT.c.made_at, VERDICT.c.id)
        found = found.where(VERDICT.c.contest == contest) if contest else found
        return [made(Verdict, row) for row in await self._db.rows(found)]
