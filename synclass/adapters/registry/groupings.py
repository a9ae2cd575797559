"""Groupings of classrooms in the registry: each is its owner's, by its name."""

from msgspec import structs
from sqlalchemy import JSON, Column, Index, Table, Text, delete, func, or_, select

from ...errors import Refused
from ...school.grouping import MOST, Grouping
from .database import METADATA
from .part import Part
from .things import made

GROUPING = Table(
    "grouping",
    METADATA,
    *(Column(name, Text, primary_key=True) for name in ("owner", "name")),
    Column("course", Text, nullable=False),
    Column("groups", JSON, nullable=False),
)
_C = GROUPING.c
Index("groupings_of_course", _C.course)


class SqlGroupings(Part):
    async def groupings(self, owner: str, course: str) -> list[Grouping]:
        whose = _C.owner == owner
        whose = or_(whose, _C.course == course) if course else whose
        found = select(GROUPING).where(whose)
        rows = await self._db.rows(found.order_by(_C.name, _C.owner))
        return [made(Grouping, row) for row in rows]

    async def keep_grouping(self, grouping: Grouping) -> None:
        """Raises Refused("full")."""
        others = _C.owner == grouping.owner, _C.name != grouping.name
        count = select(func.count()).select_from(GROUPING).where(*others)
        async with self._db.writing() as connection:
            if ((await connection.execute(count)).scalar() or 0) >= MOST:
                raise Refused("full", f"a teacher keeps {MOST} groupings: forget one first")
            await connection.execute(self._db.upsert(GROUPING, structs.asdict(grouping)))

    async def forget_grouping(self, owner: str, name: str) -> bool:
        gone = delete(GROUPING).where(_C.owner == owner, _C.name == name)
        return bool(await self._db.write(gone))
