"""Courseware over HTTP: files and pictures come in, pages go out to those in the lesson."""

import asyncio
import hashlib
import time
from functools import partial
from pathlib import Path

from aiohttp import web
from msgspec import json

from synclass.errors import Refused
from synclass.inclass.board import Board
from synclass.inclass.layers import Layers
from synclass.inclass.pictures import KeepPicture, Pictures, check_may_bring
from synclass.lesson import Lesson
from synclass.permissions import Scope, check, scope
from synclass.ports import Shelf
from synclass.preclass.handout import LONGEST_TITLE, AddHandout, Handouts
from synclass.tickets import Ticket
from synclass.words import SYSTEM, LessonId, Participant, Stage

from .bearer import Bearers
from .courseware.workshop import Page
from .doors import door
from .intake import Intake, Kept, Wanted
from .login import Logins
from .rooms import Rooms
from .scales import Scales

LARGEST = 64 * 1024 * 1024  # bytes of a file: a deck with photographs; a film is not courseware
LARGEST_PICTURE = 12 * 1024 * 1024  # of a telephone's camera as it comes; pages send a tenth
TYPES = {"svg": "image/svg+xml", "gz": "application/gzip", "webp": "image/webp"}
TYPES |= {"json": "application/json"}
_CSP = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox"
BRINGING = ("too-large", "busy", "broken-file", "held-elsewhere", "not-now")
HEADERS = {
    "Cache-Control": "private, max-age=31536000, immutable",
    "Content-Security-Policy": _CSP,
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Library:
    def __init__(
        self, *, rooms: Rooms, shelf: Shelf, logins: Logins, bearers: Bearers, scales: Scales
    ) -> None:
        self._rooms = rooms
        self._shelf = shelf
        self._logins = logins
        self._bearers = bearers
        self._scales = scales
        self.intake = Intake()

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/api/lessons/{lesson}/handouts", self.upload),
            web.post("/api/lessons/{lesson}/pictures", self.picture),
            web.get("/api/lessons/{lesson}/pages/{name}", self.page),
        ]

    @door(
        ticket="courseware.upload",
        takes="application/octet-stream",
        gives="application/x-ndjson",
        asks={"title": str},
        refuses=(*BRINGING, "quota-kept"),
    )
    async def upload(self, request: web.Request) -> web.StreamResponse:
        """A file comes in as the body, its title as ``?title=``; the teacher's ticket opens.

        Answers as ``Intake.take`` does, and last ``{"handout": n}``.
        """
        ticket = await self._bearers.ticket_of(request)
        room = await self._rooms.open(ticket.lesson)
        check(ticket.holder.role, "courseware.upload", room.lesson.conduct.stage)
        if room.lesson.conduct.stage is Stage.PRECLASS:  # in class nothing is refused for its size
            await self._scales.check(ticket.lesson)
        keep = partial(self._hand_out, ticket.lesson, _title(request))
        return await self.intake.take(request, Wanted(ticket.holder.id, LARGEST, (), keep))

    @door(
        ticket="picture.bring",
        takes="application/octet-stream",
        gives="application/x-ndjson",
        refuses=(*BRINGING, "bad-kind", "not-writing", "too-many-pictures"),
    )
    async def picture(self, request: web.Request) -> web.StreamResponse:
        """A picture for the board comes in as the body, from whoever may write there.

        Answers as ``Intake.take`` does, and last ``{"sheet": [name, width, height, bytes]}``.
        """
        ticket = await self._bearers.ticket_of(request)
        lesson = (await self._rooms.open(ticket.lesson)).lesson
        check(ticket.holder.role, "picture.bring", lesson.conduct.stage)
        _check_bringing(lesson, ticket.holder)
        keep = partial(self._keep_picture, ticket)
        wanted = Wanted(ticket.holder.id, LARGEST_PICTURE, ("picture", "svg"), keep)
        return await self.intake.take(request, wanted)

    @door(
        login="courseware.read",
        ranges=True,
        ticket="courseware.read",
        gives=tuple(TYPES.values()),
        refuses=("no-page",),
    )
    async def page(self, request: web.Request) -> web.StreamResponse:
        """A page: ``HASH.svg.gz`` as it lies, for fetching by parts; ``HASH.svg`` to be shown."""
        lesson, name = await self._reader(request), request.match_info["name"]
        shown = name.endswith(".svg")
        path = self._shelf.page(lesson, f"{name}.gz" if shown else name)
        if path is None:
            raise Refused("no-page", "this lesson has no such page")
        headers = {**HEADERS, "Content-Type": TYPES[name.rpartition(".")[2]]}
        if shown:
            headers["Content-Encoding"] = "gzip"  # every browser since 1999 reads it
        return web.FileResponse(path, headers=headers)

    async def take_over(self, lesson: LessonId, title: str, pages: list[Page]) -> None:
        """Hand pages out in a lesson that were made of another's board."""
        await self._hand_out(lesson, title, pages)

    async def _hand_out(self, lesson: LessonId, title: str, pages: list[Page]) -> Kept:
        """Keep the pages, then say so in the lesson."""
        words = json.encode([page.words for page in pages])
        name = hashlib.sha256(words).hexdigest()
        await asyncio.to_thread(self._keep, lesson, pages, f"{name}.json", words)
        room = await self._rooms.open(lesson)
        room.ask(SYSTEM, AddHandout(title, [page.sheet for page in pages], name))
        await self._scales.weigh(lesson, time.time())
        channel = room.lesson.channel(Handouts.name)
        assert isinstance(channel, Handouts)
        return {"handout": channel.last}

    async def _keep_picture(self, ticket: Ticket, pages: list[Page]) -> Kept:
        """Its page first: what is said to be kept is there to be fetched."""
        [page] = pages
        room = await self._rooms.open(ticket.lesson)
        await asyncio.to_thread(self._keep_pages, ticket.lesson, pages)
        room.ask(SYSTEM, KeepPicture(ticket.holder.id, page.sheet))
        return {"sheet": page.sheet}

    def _keep(self, lesson: LessonId, pages: list[Page], name: str, words: bytes) -> None:
        self._keep_pages(lesson, pages)
        self._shelf.keep_page(lesson, name, words)

    def _keep_pages(self, lesson: LessonId, pages: list[Page]) -> None:
        for page in pages:
            suffix = ".gz" if page.sheet.name.endswith(".svg") else ""
            self._shelf.keep_page(lesson, page.sheet.name + suffix, page.data)

    async def _reader(self, request: web.Request) -> LessonId:
        """The lesson, for those who are in it or may watch its recording; raises Refused."""
        if "Authorization" in request.headers:
            ticket = await self._bearers.ticket_of(request)
            if scope(ticket.holder.role, "courseware.read") is Scope.NONE:
                raise Refused("not-allowed", f"a {ticket.holder.role} may not do this")
            return ticket.lesson
        _, card = await self._logins.for_lesson(request, "courseware.read")
        return card.id


def _check_bringing(lesson: Lesson, by: Participant) -> None:
    """Raise Refused where the board is not open to them, or they have brought enough."""
    board, layers = lesson.channel(Board.name), lesson.channel(Layers.name)
    pictures = lesson.channel(Pictures.name)
    assert isinstance(board, Board) and isinstance(layers, Layers)
    assert isinstance(pictures, Pictures)
    check_may_bring(by, board, layers)
    pictures.check_room(by.id)


def _title(request: web.Request) -> str:
    """What the teacher's file is called, without its folder and what follows the last point."""
    name = " ".join(request.query.get("title", "").replace("\\", "/").rpartition("/")[2].split())
    return (Path(name).stem or "?")[:LONGEST_TITLE]
