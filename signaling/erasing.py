"""Erases lessons and single voices, for an admin; what a fall interrupts is ended after it."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog
from aiohttp import web
from msgspec import Struct

from synclass.erasure import Eraser, Erasure
from synclass.errors import Refused, Unavailable
from synclass.ports import Films, LessonCard, Registry
from synclass.words import ParticipantId, Stage

from .album import clear
from .api import body_of, json_of
from .doors import Nothing, door
from .login import Logins
from .rooms import Rooms

AGAIN = 60.0  # seconds until an erasure that met a full disk, or no registry, is tried again
log = structlog.get_logger()


class What(Struct):
    who: ParticipantId = ParticipantId("")
    """Whose voice and picture; of nobody in particular it is the whole lesson."""


class Erasing:
    def __init__(
        self, registry: Registry, logins: Logins, *, rooms: Rooms, films: Films, eraser: Eraser
    ) -> None:
        self._registry, self._rooms, self._films = registry, rooms, films
        self._eraser, self._logins = eraser, logins

    def routes(self) -> list[web.RouteDef]:
        return [web.post("/api/lessons/{lesson}/erasure", self.erase)]

    @door(
        login="lesson.erase",
        takes=What,
        gives=Nothing,
        refuses=("still-live", "held", "no-voice", "not-locked"),
    )
    async def erase(self, request: web.Request) -> web.Response:
        """Of what was erased nothing comes back; an admin's page asks twice before."""
        account, card = await self._logins.for_lesson(request, "lesson.erase")
        asked = await body_of(request, What)
        await check(card, self._registry)
        if (room := self._rooms.live.get(card.id)) and room.lesson.conduct.stage is Stage.INCLASS:
            raise still_live()
        erasure = Erasure(card.id, asked.who, account.name)
        await asyncio.to_thread(self._eraser.order, erasure)
        await self._carry_out(erasure)
        return json_of(Nothing())

    async def let_fall(self, card: LessonCard) -> None:
        """Erase what no rule keeps; raises Refused: "still-live", "held", or Unavailable."""
        await check(card, self._registry)
        erasure = Erasure(card.id)
        await asyncio.to_thread(self._eraser.order, erasure)
        await self._carry_out(erasure)

    async def run(self) -> None:
        """End what was begun, until nothing is left of it."""
        while ordered := await asyncio.to_thread(self._eraser.ordered):
            try:
                for erasure in ordered:
                    with suppress(Refused):  # held meanwhile: the order is no more
                        await self._carry_out(erasure)
            except Unavailable as error:
                log.error("not erased yet", code=error.code, why=str(error))
                await asyncio.sleep(AGAIN)

    async def _carry_out(self, erasure: Erasure) -> None:
        async def let_go() -> None:
            self._films.cancel(erasure.lesson)
            if not erasure.who:
                self._rooms.drop(erasure.lesson)

        await carry_out(erasure, self._eraser, self._registry, let_go)


async def carry_out(
    erasure: Erasure,
    eraser: Eraser,
    registry: Registry,
    let_go: Callable[[], Awaitable[None]],
) -> None:
    """What was ordered; may be done again from any place.

    Raises Unavailable, or Refused("held") where that was put between: then the order is no more.
    """
    try:
        await _take_leave(erasure, registry)
    except Refused:
        await asyncio.to_thread(eraser.done, erasure)
        log.warning("not erased: held", lesson=erasure.lesson, who=erasure.who)
        raise
    await let_go()
    await asyncio.to_thread(eraser.destroy, erasure)
    if not erasure.who:
        await clear(registry, eraser)
    act = "voice.erase" if erasure.who else "lesson.erase"
    what = f"{erasure.lesson} {erasure.who}".strip()
    await registry.note(time.time(), erasure.by, act, what)
    await asyncio.to_thread(eraser.done, erasure)
    log.info("erased", lesson=erasure.lesson, who=erasure.who)


async def check(card: LessonCard, registry: Registry) -> None:
    """Raises Refused: "still-live", "held"."""
    if card.began_at and not card.ended_at:
        raise still_live()
    if await registry.hold(card.id):
        raise held()


async def _take_leave(erasure: Erasure, registry: Registry) -> None:
    """The card goes first, so that nobody opens the lesson, or holds it, any more."""
    if not erasure.who:
        await registry.remove_lesson(erasure.lesson)
        await registry.forget_book(erasure.lesson)
        await registry.forget_preparing(erasure.lesson)
    elif await registry.hold(erasure.lesson):
        raise held()


def held() -> Refused:
    return Refused("held", "this lesson is held: it can be erased once the hold is lifted")


def still_live() -> Refused:
    return Refused("still-live", "this lesson is going on: it can be erased after the bell")
