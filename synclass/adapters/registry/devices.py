"""Classrooms' devices in the registry: those that wait to be paired, and those that are."""

from collections.abc import Collection
from typing import Any

import msgspec
from msgspec import structs
from sqlalchemy import Column, Double, Index, Row, Table, Text, delete, func, select, text, update

from ...errors import Refused, Unavailable
from ...ports import Device
from .database import METADATA, contradicts
from .part import Part

DEVICE = Table(
    "device",
    METADATA,
    Column("id", Text, primary_key=True),
    *(Column(name, Text, nullable=False) for name in ("secret", "code")),
    Column("asked_at", Double, nullable=False),
    Column("classroom", Text, nullable=False),
    Column("paired_at", Double, nullable=False),
    Column("by", Text, nullable=False),
    Column("seen_at", Double, nullable=False),
)
_WAITING = text("code <> ''")
Index(
    "waiting_devices",
    DEVICE.c.code,
    unique=True,
    sqlite_where=_WAITING,
    postgresql_where=_WAITING,
)


class SqlDevices(Part):
    async def device(self, id_: str) -> Device | None:
        return (await self.devices_named([id_])).get(id_)

    async def device_by_code(self, code: str) -> Device | None:
        found = select(DEVICE).where(DEVICE.c.code == code, DEVICE.c.code != "")
        rows = await self._db.rows(found)
        return _device(rows[0]) if rows else None

    async def save_device(self, device: Device) -> None:
        try:
            await self._db.write(self._db.upsert(DEVICE, structs.asdict(device)))
        except Unavailable as error:
            if contradicts(error):
                raise Refused("code-taken", "another device shows this code") from error
            raise

    async def see_device(self, id_: str, at: float) -> None:
        await self._db.write(update(DEVICE).where(DEVICE.c.id == id_).values(seen_at=at))

    async def remove_device(self, id_: str) -> bool:
        return await self._db.write(delete(DEVICE).where(DEVICE.c.id == id_)) > 0

    async def forget_waiting(self, before: float) -> int:
        """Forget those that asked before and were not paired; says how many still wait."""
        c = DEVICE.c
        await self._db.write(delete(DEVICE).where(c.code != "", c.asked_at < before))
        waiting = select(func.count()).select_from(DEVICE).where(c.code != "")
        return int((await self._db.rows(waiting))[0][0])

    async def devices(self) -> list[Device]:
        """Those that are paired, the newest first."""
        paired = select(DEVICE).where(DEVICE.c.code == "").order_by(DEVICE.c.paired_at.desc())
        return [_device(row) for row in await self._db.rows(paired)]

    async def devices_named(self, ids: Collection[str]) -> dict[str, Device]:
        if not ids:
            return {}
        rows = await self._db.rows(select(DEVICE).where(DEVICE.c.id.in_(ids)))
        return {row.id: _device(row) for row in rows}


def _device(row: Row[Any]) -> Device:
    return msgspec.convert({str(name): value for name, value in row._mapping.items()}, Device)
