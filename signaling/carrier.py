"""Carries ended lessons to their other place, and makes room here by what is there."""

import asyncio
import time

import structlog

from synclass.errors import Unavailable
from synclass.ports import Offsite, Shelf

from .storeroom import LOW, level

EVERY = 60.0  # seconds between looks
log = structlog.get_logger()


class Carrier:
    def __init__(self, offsite: Offsite, shelf: Shelf) -> None:
        self._offsite, self._shelf = offsite, shelf

    async def run(self) -> None:
        """Carry until cancelled; a store that does not answer is asked again."""
        while True:
            try:
                await self.look(time.time())
            except Unavailable as error:
                log.error("not carried", code=error.code, why=str(error))
            await asyncio.sleep(EVERY)

    async def look(self, now: float) -> None:
        """Copy what is new, and let rest leave the disk where it runs low; raises Unavailable."""
        await asyncio.to_thread(self._offsite.keep_up)
        space = self._shelf.space()
        if level(space) != "enough":
            wanted = LOW * space.least - space.free + 1
            await asyncio.to_thread(self._offsite.free, wanted, now)
