"""Links to a recording's media: signed for one watcher, good for a minute, dead with the right."""

import time

from aiohttp import web
from msgspec import Struct, json

from synclass.errors import Refused
from synclass.ports import Account, LessonCard, Registry
from synclass.tickets import Link, read, sign
from synclass.words import LessonId

from .api import find_lesson
from .doors import door
from .login import Logins, proof_of

LIFETIME = 60.0  # seconds: a page asks for another every second or two, so long as it may


class Linked(Struct):
    link: str
    lasts: float
    """Seconds."""


class Links:
    def __init__(self, *, registry: Registry, logins: Logins, key: bytes) -> None:
        self._registry = registry
        self._logins = logins
        self._key = key

    @door(login="recording.watch", gives=Linked)
    async def make(self, request: web.Request) -> web.Response:
        """A link for whoever is logged in; by the answer a page learns that it still may watch."""
        account, card = await self.watcher(request)
        link = Link(card.id, account.name, proof_of(account), time.time() + LIFETIME)
        data = json.encode(Linked(sign(link, self._key), LIFETIME))
        headers = {"Cache-Control": "no-store"}
        return web.Response(body=data, content_type="application/json", headers=headers)

    async def watcher(self, request: web.Request) -> tuple[Account, LessonCard]:
        """Whoever is logged in and may watch the lesson a path names; raises Refused."""
        return await self._logins.for_lesson(request, "recording.watch")

    async def by_sharing(self, account: Account, card: LessonCard) -> bool:
        """Whether they may watch only because it is shared: then they see no pupil's name."""
        return not await self._logins.reaches(account, "recording.watch", card)

    async def follow(self, request: web.Request) -> None:
        """Raises Refused where ``?link=`` does not open this lesson to somebody who may watch."""
        if not (text := request.query.get("link", "")):
            raise Refused("no-ticket", "ask for a link to this recording first")
        link = read(text, Link, self._key, now=time.time())
        if link.lesson != LessonId(request.match_info["lesson"]):
            raise Refused("other-lesson", "this is a link to another lesson")
        account = await self._logins.known(link.account, link.proof)
        if account is None:
            raise Refused("login", "log in first")
        card = await find_lesson(self._registry, request)
        await self._logins.check(account, "recording.watch", card)
