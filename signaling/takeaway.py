"""An ended lesson over HTTP as one file, for those who may take it out of the house."""

import asyncio
import time
from urllib.parse import quote

from aiohttp import web

from synclass.errors import Refused
from synclass.ports import LessonCard, Porter, Registry, Shelf

from .doors import door
from .login import Logins

STALLED = 60.0  # seconds in which somebody takes nothing: a line here falls for less


class Takeaway:
    def __init__(self, *, registry: Registry, shelf: Shelf, porter: Porter, logins: Logins) -> None:
        self._shelf = shelf
        self._registry = registry
        self._porter = porter
        self._logins = logins

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/api/lessons/{lesson}/lesson.html", self.take)]

    @door(
        login="recording.take",
        gives="application/octet-stream",
        refuses=("not-ended", "no-recording", "busy"),
    )
    async def take(self, request: web.Request) -> web.StreamResponse:
        """An ended lesson as one file that plays by itself."""
        card = await self._owner(request)
        await asyncio.to_thread(self._shelf.bring, card.id)
        async with self._porter.pack(card.id) as (size, pieces):
            name = quote(f"{card.title}.lesson.html", safe="")
            response = web.StreamResponse(
                headers={
                    "Content-Type": "application/octet-stream",  # it is to be kept, not opened here
                    "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
                    "Content-Length": str(size),
                    "Cache-Control": "private, no-store",
                }
            )
            await response.prepare(request)
            async for piece in pieces:
                async with asyncio.timeout(STALLED):
                    await response.write(piece)
        return response

    async def _owner(self, request: web.Request) -> LessonCard:
        account, card = await self._logins.for_lesson(request, "recording.take")
        if not card.ended_at:
            raise Refused("not-ended", "this lesson has not ended: it can be taken after the bell")
        await self._registry.note(time.time(), account.name, "recording.take", card.id)
        return card
