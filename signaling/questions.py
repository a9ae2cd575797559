"""Questions over HTTP: whoever may watch a recording pins one to a moment of it."""

import secrets
import time

from aiohttp import web
from msgspec import Struct

from synclass.postclass.questions import AskQuestion
from synclass.words import SYSTEM

from .api import body_of
from .doors import ASKING, Nothing, door
from .limits import Limiter
from .links import Links
from .login import too_many
from .rooms import Rooms

A_SECOND, AT_ONCE = 0.1, 10.0  # of one account: nobody writes faster


class Pinned(Struct):
    at: float
    """Lesson seconds."""
    text: str


class Pinboard:
    def __init__(self, *, rooms: Rooms, links: Links) -> None:
        self._rooms = rooms
        self._links = links
        self._asked = Limiter(A_SECOND, AT_ONCE)

    def routes(self) -> list[web.RouteDef]:
        return [web.post("/api/lessons/{lesson}/question", self.ask)]

    @door(login="recording.watch", takes=Pinned, gives=Nothing, refuses=("slow-down", *ASKING))
    async def ask(self, request: web.Request) -> web.Response:
        """Keep a question under the name of who is logged in; raises Refused as a lesson does."""
        account, card = await self._links.watcher(request)
        pinned = await body_of(request, Pinned)
        too_many(self._asked.take(account.name, time.monotonic()))
        room = await self._rooms.open(card.id)
        room.ask(SYSTEM, AskQuestion(secrets.token_hex(16), pinned.at, account.shown, pinned.text))
        return web.json_response({})
