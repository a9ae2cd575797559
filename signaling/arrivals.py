"""Packed lessons and questions over HTTP: what comes back into the house."""

import asyncio
import time
from collections.abc import AsyncIterator

from aiohttp import web
from msgspec import Struct, json, structs

from synclass.errors import Malformed, Refused
from synclass.ports import Porter, Registry
from synclass.postclass.questions import AskQuestion, brought
from synclass.words import SYSTEM, LessonId

from .doors import ASKING, door
from .login import Logins
from .rooms import Rooms
from .scales import Scales

LARGEST = 8 << 30  # bytes of a packed lesson: four hours with pictures
STALLED = 30.0  # seconds without a byte
PIECE = 1 << 16


class Arrived(Struct):
    id: LessonId
    title: str
    new: bool


class Asked(Struct):
    new: int
    of: int
    """How many the file has."""


class Arrivals:
    def __init__(
        self, *, registry: Registry, porter: Porter, logins: Logins, rooms: Rooms, scales: Scales
    ) -> None:
        self._registry = registry
        self._porter = porter
        self._logins = logins
        self._rooms = rooms
        self._scales = scales

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/api/arrivals", self.bring),
            web.post("/api/lessons/{lesson}/questions", self.ask),
        ]

    @door(
        login="recording.bring",
        takes="application/octet-stream",
        gives=Arrived,
        refuses=("too-large", "too-slow", "busy", "quota-kept"),
    )
    async def bring(self, request: web.Request) -> web.StreamResponse:
        """A packed lesson as the body; it becomes a lesson of whoever brings it."""
        account, _ = await self._logins.require(request, "recording.bring")
        if (request.content_length or 0) > LARGEST:
            raise Refused("too-large", "this file is larger than any lesson")
        await self._scales.check_account(account)
        async with self._porter.receive(_body(request)) as arrival:
            card = structs.replace(arrival.card, teacher=account.name)
            fresh = await self._registry.lesson(card.id) is None
            if fresh:
                await arrival.take_in()
                await self._registry.save_lesson(card)
                await self._registry.note(time.time(), account.name, "recording.bring", card.id)
        return _json(Arrived(card.id, card.title, fresh))

    @door(
        login="questions.bring",
        takes="application/octet-stream",
        gives=Asked,
        refuses=("other-lesson", *ASKING),
    )
    async def ask(self, request: web.Request) -> web.StreamResponse:
        """A file of questions as the body, into the thread of its lesson."""
        _, card = await self._logins.for_lesson(request, "questions.bring")
        found = brought(await request.read())
        if found.lesson != card.id:
            raise Refused("other-lesson", "these are questions to another lesson")
        room = await self._rooms.open(card.id)
        before = room.lesson.seq
        for question in found.questions:
            room.ask(SYSTEM, AskQuestion(*structs.astuple(question)))
        new = room.lesson.seq - before
        return _json(Asked(new, len(found.questions)))


def _json(answer: Struct) -> web.Response:
    return web.Response(body=json.encode(answer), content_type="application/json")


async def _body(request: web.Request) -> AsyncIterator[bytes]:
    """The body in pieces.  Raises Refused("too-large"), Malformed where it stops coming."""
    size = 0
    while True:
        try:
            async with asyncio.timeout(STALLED):
                piece = await request.content.read(PIECE)
        except TimeoutError as error:
            raise Malformed("the file stopped coming") from error
        if not piece:
            return
        size += len(piece)
        if size > LARGEST:
            raise Refused("too-large", "this file is larger than any lesson")
        yield piece
