"""Calendars in the registry, with a hash of their addresses."""

from msgspec import to_builtins
from sqlalchemy import Column, Double, Index, Table, Text, delete, select, update

from ...ports import Calendar
from .database import METADATA
from .part import Part
from .things import made

CALENDAR = Table(
    "calendar",
    METADATA,
    Column("id", Text, primary_key=True),
    *(Column(name, Text, nullable=False) for name in ("account", "whose", "of", "secret")),
    *(Column(name, Double, nullable=False) for name in ("made_at", "used_at")),
)
Index("calendars_of_account", CALENDAR.c.account)


class SqlCalendars(Part):
    async def calendar(self, id_: str) -> Calendar | None:
        rows = await self._db.rows(select(CALENDAR).where(CALENDAR.c.id == id_))
        return made(Calendar, rows[0]) if rows else None

    async def calendars(self, account: str) -> list[Calendar]:
        """Of an account, the newest first."""
        c = CALENDAR.c
        found = select(CALENDAR).where(c.account == account).order_by(c.made_at.desc(), c.id)
        return [made(Calendar, row) for row in await self._db.rows(found)]

    async def save_calendar(self, calendar: Calendar) -> None:
        await self._db.write(self._db.upsert(CALENDAR, to_builtins(calendar)))

    async def use_calendar(self, id_: str, at: float) -> None:
        await self._db.write(update(CALENDAR).where(CALENDAR.c.id == id_).values(used_at=at))

    async def remove_calendar(self, id_: str) -> None:
        await self._db.write(delete(CALENDAR).where(CALENDAR.c.id == id_))
