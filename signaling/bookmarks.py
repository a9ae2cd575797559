"""Marks over HTTP: staff who watch a recording mark its moments, and take their own away."""

import time

from aiohttp import web
from msgspec import Struct

from synclass.errors import Refused
from synclass.inclass.bookmarks import Kind, PinBookmark, UnpinBookmark
from synclass.words import SYSTEM

from .api import body_of
from .doors import Nothing, door
from .limits import Limiter
from .login import Logins, too_many
from .rooms import Rooms

A_SECOND, AT_ONCE = 0.5, 20.0  # of one account: nobody marks faster
REFUSES = ("held-elsewhere", "too-many", "bad-text", "bad-moment", "not-now")


class Marked(Struct):
    at: float
    """Lesson seconds."""
    kind: Kind = "key"
    text: str = ""


class Marking:
    def __init__(self, rooms: Rooms, logins: Logins) -> None:
        self._rooms = rooms
        self._logins = logins
        self._marked = Limiter(A_SECOND, AT_ONCE)

    def routes(self) -> list[web.RouteDef]:
        path = "/api/lessons/{lesson}/bookmarks"
        return [web.post(path, self.mark), web.delete(path + "/{n}", self.unmark)]

    @door(login="recording.mark", takes=Marked, gives=Nothing, refuses=REFUSES)
    async def mark(self, request: web.Request) -> web.Response:
        """Mark a moment of an ended lesson in the name of who is logged in."""
        account, card = await self._logins.for_lesson(request, "recording.mark")
        marked = await body_of(request, Marked)
        too_many(self._marked.take(account.name, time.monotonic()))
        room = await self._rooms.open(card.id)
        room.ask(SYSTEM, PinBookmark(account.holder, marked.at, marked.kind, marked.text))
        return web.json_response({})

    @door(login="recording.mark", gives=Nothing, refuses=(*REFUSES, "no-bookmark"))
    async def unmark(self, request: web.Request) -> web.Response:
        """Take one's own mark of this number away."""
        account, card = await self._logins.for_lesson(request, "recording.mark")
        if not (n := request.match_info["n"]).isdecimal() or len(n) > 9:
            raise Refused("no-bookmark", "a mark has a number")
        room = await self._rooms.open(card.id)
        room.ask(SYSTEM, UnpinBookmark(account.holder.id, int(n)))
        return web.json_response({})
