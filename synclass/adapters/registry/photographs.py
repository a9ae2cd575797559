"""Which file is the photograph of which work, and which files are to go."""

from collections.abc import Sequence

from sqlalchemy import (
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    ScalarSelect,
    Select,
    Table,
    Text,
    delete,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from ...errors import Unavailable
from ...ports.photographs import Photograph
from .database import METADATA
from .part import Part

PHOTOGRAPH = Table(
    "photograph",
    METADATA,
    Column("work", Text, ForeignKey("work.id"), primary_key=True),
    Column("name", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
)
TO_GO = Table(
    "photograph_to_go",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("at", Double, nullable=False),
)
"""Until then it may still be kept; 0 once it is on its way out."""
Index("photographs_to_go", TO_GO.c.at)
PICTURE = Table(
    "picture",
    METADATA,
    Column("work", Text, ForeignKey("work.id"), primary_key=True),
    Column("data", LargeBinary, nullable=False),
)
"""Those of before, until they are moved out."""
Works = Select[tuple[str]] | ScalarSelect[str] | list[str]


async def drop(connection: AsyncConnection, works: Works, *, at: float = 0.0) -> None:
    """Within writing(): the photographs of these works are theirs no more, and go at this time."""
    c = PHOTOGRAPH.c
    names = select(c.name, literal(at)).where(c.work.in_(works))
    await connection.execute(insert(TO_GO).from_select(["name", "at"], names))
    await connection.execute(delete(PHOTOGRAPH).where(c.work.in_(works)))
    await connection.execute(delete(PICTURE).where(PICTURE.c.work.in_(works)))


async def keep(connection: AsyncConnection, photograph: Photograph) -> None:
    """Within writing(), for a work that has none; raises Unavailable("too-slow")."""
    expected = delete(TO_GO).where(TO_GO.c.name == photograph.name, TO_GO.c.at > 0)
    if (await connection.execute(expected)).rowcount != 1:
        raise Unavailable("too-slow", "this photograph took too long to keep: try again")
    values = {name: getattr(photograph, name) for name in photograph.__struct_fields__}
    await connection.execute(insert(PHOTOGRAPH).values(values))


class SqlPhotographs(Part):
    async def expect(self, name: str, until: float) -> None:
        await self._db.write(insert(TO_GO).values(name=name, at=until))

    async def photograph(self, work: str) -> Photograph | None:
        rows = await self._db.rows(select(PHOTOGRAPH).where(PHOTOGRAPH.c.work == work))
        return Photograph(**rows[0]._mapping) if rows else None

    async def to_go(self, now: float, *, limit: int) -> list[str]:
        claim = update(TO_GO).where(TO_GO.c.at <= now, TO_GO.c.at > 0).values(at=0)
        await self._db.write(claim)
        found = select(TO_GO.c.name).where(TO_GO.c.at == 0).order_by(TO_GO.c.name)
        return [row.name for row in await self._db.rows(found.limit(limit))]

    async def gone(self, names: Sequence[str]) -> None:
        await self._db.write(delete(TO_GO).where(TO_GO.c.name.in_(names)))

    async def photographs(self, *, after: str, limit: int) -> list[Photograph]:
        found = select(PHOTOGRAPH).where(PHOTOGRAPH.c.work > after).order_by(PHOTOGRAPH.c.work)
        return [Photograph(**row._mapping) for row in await self._db.rows(found.limit(limit))]

    async def inside(self, *, limit: int) -> list[str]:
        found = select(PICTURE.c.work).order_by(PICTURE.c.work).limit(limit)
        return [row.work for row in await self._db.rows(found)]

    async def inside_of(self, work: str) -> bytes | None:
        rows = await self._db.rows(select(PICTURE.c.data).where(PICTURE.c.work == work))
        return bytes(rows[0].data) if rows else None

    async def moved_out(self, photograph: Photograph) -> None:
        """Whoever deletes the one inside keeps the file; another node was no faster."""
        inside = delete(PICTURE).where(PICTURE.c.work == photograph.work)
        async with self._db.writing() as connection:
            if (await connection.execute(inside)).rowcount == 1:
                await keep(connection, photograph)

    async def moved_back(self, work: str, name: str, data: bytes) -> None:
        c = PHOTOGRAPH.c
        async with self._db.writing() as connection:
            mine = delete(PHOTOGRAPH).where(c.work == work, c.name == name)
            if (await connection.execute(mine)).rowcount == 1:
                await connection.execute(insert(TO_GO).values(name=name, at=0))
                await connection.execute(insert(PICTURE).values(work=work, data=data))
