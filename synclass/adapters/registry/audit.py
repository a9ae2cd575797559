"""The audit log in the registry: who did what, and when."""

from sqlalchemy import Column, Double, Integer, Table, Text, insert, select

from .database import METADATA
from .part import Part

NOTE = Table(
    "note",
    METADATA,
    Column("n", Integer, primary_key=True, autoincrement=True),
    Column("wall", Double, nullable=False),
    *(Column(name, Text, nullable=False) for name in ("who", "act", "what")),
    sqlite_autoincrement=True,
)


class SqlAudit(Part):
    async def note(self, wall: float, who: str, act: str, what: str) -> None:
        await self._db.write(insert(NOTE).values(wall=wall, who=who, act=act, what=what))

    async def notes(self, *, limit: int = 200) -> list[tuple[float, str, str, str]]:
        c = NOTE.c
        newest = select(c.wall, c.who, c.act, c.what).order_by(c.n.desc()).limit(max(limit, 0))
        return [(row.wall, row.who, row.act, row.what) for row in await self._db.rows(newest)]
