"""Tells the admin how much room recordings have, before there is none."""

import asyncio
import time
from typing import Literal

import structlog
from aiohttp import web
from msgspec import Struct, json

from synclass.errors import Unavailable
from synclass.ports import Films, Registry, Shelf, Space

from .doors import door
from .login import Logins

EVERY = 5.0
"""Seconds between looks at the disk."""
FULL = 4_000_000
"""Bytes: with less than a few seconds of cameras the disk is called full."""
LOW = 3
"""Times the least: so soon is warned that somebody has a day or two to make room."""

Level = Literal["enough", "low", "short", "full"]
log = structlog.get_logger()


class Disk(Struct):
    """What the admin's page is told; bytes."""

    level: Level
    free: int
    least: int


def level(space: Space) -> Level:
    if space.free < FULL:
        return "full"
    if space.free <= space.least:
        return "short"
    return "low" if space.free <= LOW * space.least else "enough"


class Storeroom:
    """Looks at the disk, and writes into log and audit log what changes there."""

    def __init__(self, *, registry: Registry, shelf: Shelf, films: Films, logins: Logins) -> None:
        self._registry, self._shelf, self._films, self._logins = registry, shelf, films, logins
        self._noted: Level = "enough"

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/api/disk", self.disk)]

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            try:
                await self.look(time.time())
            except Unavailable as error:  # a full disk may have no room for a note: tried again
                log.error("disk not noted", code=error.code)
            await asyncio.sleep(EVERY)

    async def look(self, wall: float) -> None:
        """Note what is another level than before; raises Unavailable."""
        space = self._shelf.space()
        now = level(space)
        if now != self._noted:
            free = f"{space.free // 1_000_000} MB"
            log.warning("disk", level=now, free=free)
            await self._registry.note(wall, "", f"disk.{now}", free)
            self._noted = now
        if now != "enough":
            await self._let_films_go(wall, LOW * space.least - space.free + 1)

    async def _let_films_go(self, wall: float, wanted: int) -> None:
        """They can be made again, recordings cannot."""
        if gained := await asyncio.to_thread(self._films.free, wanted, wall):
            await self._registry.note(wall, "", "film.drop", f"{gained // 1_000_000} MB")

    @door(login="disk.read", gives=Disk)
    async def disk(self, request: web.Request) -> web.Response:
        """How much room recordings have."""
        await self._logins.require(request, "disk.read")
        space = self._shelf.space()
        shown = Disk(level(space), space.free, space.least)
        return web.Response(body=json.encode(shown), content_type="application/json")
