"""Legal holds: a lesson that an admin holds is erased by nobody, whatever asks for it."""

import time

from aiohttp import web
from msgspec import Struct

from synclass.errors import Refused
from synclass.ports import Hold, Registry

from .api import body_of, json_of
from .doors import Nothing, door
from .login import Logins

LONGEST_WHY = 200  # characters of a reason


class Why(Struct):
    why: str
    """Who asked for it, and in which matter; admins read it."""


class Held(Struct):
    """The hold on a lesson; all empty where there is none."""

    why: str = ""
    who: str = ""
    at: float = 0.0


class Holding:
    def __init__(self, registry: Registry, logins: Logins) -> None:
        self._registry, self._logins = registry, logins

    def routes(self) -> list[web.RouteDef]:
        path = "/api/lessons/{lesson}/hold"
        return [web.get(path, self.look), web.post(path, self.hold), web.delete(path, self.lift)]

    @door(login="lesson.hold", gives=Held)
    async def look(self, request: web.Request) -> web.Response:
        """Whether the lesson is held, by whom and why."""
        _, card = await self._logins.for_lesson(request, "lesson.hold")
        hold = await self._registry.hold(card.id)
        return json_of(Held(hold.why, hold.who, hold.at) if hold else Held())

    @door(login="lesson.hold", takes=Why, gives=Held, refuses=("bad-text",))
    async def hold(self, request: web.Request) -> web.Response:
        """Hold the lesson: until that is lifted nobody erases it, nor any voice of it."""
        account, card = await self._logins.for_lesson(request, "lesson.hold")
        why = " ".join((await body_of(request, Why)).why.split())
        if not (0 < len(why) <= LONGEST_WHY and why.isprintable()):
            raise Refused("bad-text", f"why: 1 to {LONGEST_WHY} characters")
        hold = Hold(card.id, account.name, why, time.time())
        await self._registry.put_hold(hold)
        await self._registry.note(hold.at, account.name, "lesson.hold", f"{card.id} {why}")
        return json_of(Held(hold.why, hold.who, hold.at))

    @door(login="lesson.hold", gives=Nothing)
    async def lift(self, request: web.Request) -> web.Response:
        """Lift the hold; of a lesson that is not held that is done already."""
        account, card = await self._logins.for_lesson(request, "lesson.hold")
        if await self._registry.lift_hold(card.id):
            await self._registry.note(time.time(), account.name, "lesson.lift", card.id)
        return json_of(Nothing())
