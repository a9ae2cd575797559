"""The audit log in the registry: who did what, and when; each line is chained to the one before."""

from sqlalchemy import Column, Double, Index, Integer, Table, Text, func, insert, select, text

from ...chain import Line, first_broken, linked
from ...yearbook import Note, Stretch
from .database import METADATA
from .part import Part

NOTE = Table(
    "note",
    METADATA,
    Column("n", Integer, primary_key=True, autoincrement=True),
    Column("wall", Double, nullable=False),
    *(Column(name, Text, nullable=False) for name in ("who", "act", "what")),
    Column("link", Text, nullable=False, server_default=""),
    sqlite_autoincrement=True,
)
WATCHED = "recording.watch"
_WATCHED = text(f"act = '{WATCHED}'")
Index(
    *("watched", NOTE.c.what, NOTE.c.who),
    sqlite_where=_WATCHED,
    postgresql_where=_WATCHED,
)
AT_ONCE = 10_000
"""Lines that are read at once when all are looked at."""


class SqlAudit(Part):
    async def note(self, wall: float, who: str, act: str, what: str) -> None:
        """Nobody writes between the look at the last line and this one."""
        last = select(NOTE.c.link).order_by(NOTE.c.n.desc()).limit(1)
        async with self._db.writing() as connection:
            await self._db.alone(connection, NOTE.name)
            before = (await connection.execute(last)).scalar_one_or_none() or ""
            link = linked(before, (wall, who, act, what))
            values = {"wall": wall, "who": who, "act": act, "what": what, "link": link}
            await connection.execute(insert(NOTE).values(values))

    async def notes(self, *, limit: int = 200) -> list[tuple[float, str, str, str]]:
        c = NOTE.c
        newest = select(c.wall, c.who, c.act, c.what).order_by(c.n.desc()).limit(max(limit, 0))
        return [(row.wall, row.who, row.act, row.what) for row in await self._db.rows(newest)]

    async def watched(self, who: str, lesson: str) -> bool:
        """Whether an account has opened this recording."""
        c = NOTE.c
        found = select(c.n).where(_WATCHED, c.what == lesson, c.who == who).limit(1)
        return bool(await self._db.rows(found))

    async def stretch(self, *, since: float, until: float) -> Stretch:
        """Read some at a time: others are served between."""
        c = NOTE.c
        ends = select(func.min(c.n).label("first"), func.max(c.n).label("last")).where(
            c.wall >= since, c.wall < until
        )
        [found] = await self._db.rows(ends)
        first, last = found.first, found.last
        newest = select(c.link).order_by(c.n.desc()).limit(1)
        before = await self._db.rows(newest.where(c.n < first) if first is not None else newest)
        notes: list[Note] = []
        while first is not None and first <= last:
            some = select(NOTE).where(c.n.between(first, last)).order_by(c.n).limit(AT_ONCE)
            rows = await self._db.rows(some)
            notes += [Note(r.n, r.wall, r.who, r.act, r.what, r.link) for r in rows]
            first = rows[-1].n + 1
        return Stretch(before[0].link if before else "", notes)

    async def audit(self) -> tuple[int, int, str]:
        """(lines, the number of the first that is broken or 0, the last link)."""
        c = NOTE.c
        columns, n, lines = (c.n, c.link, c.wall, c.who, c.act, c.what), 0, 0
        before = ""
        while True:
            some = select(*columns).where(c.n > n).order_by(c.n).limit(AT_ONCE)
            rows = await self._db.rows(some)
            if not rows:
                return lines, 0, before
            chain: list[tuple[str, Line]] = [(r.link, (r.wall, r.who, r.act, r.what)) for r in rows]
            if broken := first_broken(chain, before):
                return lines, rows[broken - 1].n, before
            n, lines, before = rows[-1].n, lines + len(rows), rows[-1].link
