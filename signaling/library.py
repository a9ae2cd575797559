"""Courseware over HTTP: a teacher's file comes in, its pages go out to those in the lesson."""

import asyncio
import hashlib
import tempfile
from contextlib import suppress
from pathlib import Path

from aiohttp import web
from msgspec import json

from synclass.errors import Malformed, Refused, Unavailable
from synclass.permissions import Scope, check, scope
from synclass.ports import Registry, Shelf
from synclass.preclass.handout import LONGEST_TITLE, AddHandout, Handouts
from synclass.tickets import Ticket
from synclass.words import SYSTEM, LessonId

from .api import find_lesson
from .bearer import ticket_of
from .courseware.slip import SOURCE, Word
from .courseware.workshop import Page, Workshop
from .login import Logins
from .rooms import Rooms

LARGEST = 64 * 1024 * 1024  # bytes of a file: a deck with photographs; a film is not courseware
CHUNK = 256 * 1024  # bytes written at once
STALLED = 30.0  # seconds without a byte of an upload
_TOO_LARGE = f"courseware has at most {LARGEST // 1024 // 1024} MB: make its pictures smaller"
TYPES = {"svg": "image/svg+xml", "gz": "application/gzip", "webp": "image/webp"}
TYPES |= {"json": "application/json"}
_CSP = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox"
HEADERS = {
    "Cache-Control": "private, max-age=31536000, immutable",
    "Content-Security-Policy": _CSP,
    "Cross-Origin-Resource-Policy": "same-origin",
}
Said = Word | dict[str, int] | dict[str, str]
Folder = tempfile.TemporaryDirectory[str]


class Library:
    def __init__(
        self, *, rooms: Rooms, shelf: Shelf, registry: Registry, logins: Logins, key: bytes
    ) -> None:
        self._rooms = rooms
        self._shelf = shelf
        self._registry = registry
        self._logins = logins
        self._key = key
        self.workshop = Workshop()
        self.uploading: set[str] = set()
        """Whose file is on its way just now: one at a time."""
        self._works: set[asyncio.Task[None]] = set()

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/api/lessons/{lesson}/handouts", self.upload),
            web.get("/api/lessons/{lesson}/pages/{name}", self.page),
        ]

    async def upload(self, request: web.Request) -> web.StreamResponse:
        """A file comes in as the body, its title as ``?title=``; the teacher's ticket opens.

        Answers with lines of JSON: how far it is, and last ``{"handout": n}``, or the code and
        the sentence of what went wrong.  Who goes away meanwhile does not stop the work.
        """
        ticket = ticket_of(request, self._key)
        room = await self._rooms.open(ticket.lesson)
        check(ticket.holder.role, "courseware.upload", room.lesson.conduct.stage)
        if (request.content_length or 0) > LARGEST:
            raise Refused("too-large", _TOO_LARGE)
        if ticket.holder.id in self.uploading:
            raise Refused("busy", "another file of yours is on its way")
        self.uploading.add(ticket.holder.id)
        folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        try:
            await _receive(request, Path(folder.name) / SOURCE)
        except BaseException:
            self._clear(ticket, folder)
            raise
        said: asyncio.Queue[Said | None] = asyncio.Queue()  # a line for each page, and two
        work = asyncio.create_task(self._work(ticket, _title(request), folder, said))
        self._works.add(work)
        work.add_done_callback(self._works.discard)
        return await _told(request, said)

    async def close(self, app: web.Application) -> None:
        """End what is being converted: the server goes down."""
        for work in self._works:
            work.cancel()
        await asyncio.gather(*self._works, return_exceptions=True)

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

    async def _work(
        self, ticket: Ticket, title: str, folder: Folder, said: asyncio.Queue[Said | None]
    ) -> None:
        async def tell(word: Word) -> None:
            said.put_nowait(word)

        try:
            pages = await self.workshop.convert(Path(folder.name), tell)
            said.put_nowait({"handout": await self._hand_out(ticket.lesson, title, pages)})
        except (Refused, Unavailable) as error:
            said.put_nowait({"code": error.code, "message": str(error)})
        finally:
            said.put_nowait(None)
            self._clear(ticket, folder)

    def _clear(self, ticket: Ticket, folder: Folder) -> None:
        self.uploading.discard(ticket.holder.id)
        folder.cleanup()

    async def _hand_out(self, lesson: LessonId, title: str, pages: list[Page]) -> int:
        """Keep the pages, then say so in the lesson."""
        words = json.encode([page.words for page in pages])
        name = hashlib.sha256(words).hexdigest()
        await asyncio.to_thread(self._keep, lesson, pages, f"{name}.json", words)
        room = await self._rooms.open(lesson)
        room.ask(SYSTEM, AddHandout(title, [page.sheet for page in pages], name))
        channel = room.lesson.channel(Handouts.name)
        assert isinstance(channel, Handouts)
        return channel.last

    def _keep(self, lesson: LessonId, pages: list[Page], name: str, words: bytes) -> None:
        for page in pages:
            suffix = ".gz" if page.sheet.name.endswith(".svg") else ""
            self._shelf.keep_page(lesson, page.sheet.name + suffix, page.data)
        self._shelf.keep_page(lesson, name, words)

    async def _reader(self, request: web.Request) -> LessonId:
        """The lesson, for those who are in it or may watch its recording; raises Refused."""
        if "Authorization" in request.headers:
            ticket = ticket_of(request, self._key)
            if scope(ticket.holder.role, "courseware.read") is Scope.NONE:
                raise Refused("not-allowed", f"a {ticket.holder.role} may not do this")
            return ticket.lesson
        account, reach = await self._logins.require(request, "courseware.read")
        card = await find_lesson(self._registry, request)
        if reach is not Scope.ALL and card.teacher != account.name:
            raise Refused("not-yours", "this is another teacher's lesson")
        return card.id


async def _told(request: web.Request, said: asyncio.Queue[Said | None]) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "application/x-ndjson"})
    await response.prepare(request)
    while (word := await said.get()) is not None:
        with suppress(ConnectionError):
            await response.write(json.encode(word) + b"\n")
    return response


def _title(request: web.Request) -> str:
    """What the teacher's file is called, without its folder and what follows the last point."""
    name = " ".join(request.query.get("title", "").replace("\\", "/").rpartition("/")[2].split())
    return (Path(name).stem or "?")[:LONGEST_TITLE]


async def _receive(request: web.Request, path: Path) -> None:
    """The body into a file.  Raises Refused("too-large"), Malformed where it ends too early."""
    size = 0
    try:
        with path.open("xb") as file:
            while chunk := await asyncio.wait_for(request.content.read(CHUNK), STALLED):
                size += len(chunk)
                if size > LARGEST:
                    raise Refused("too-large", _TOO_LARGE)
                await asyncio.to_thread(file.write, chunk)
    except TimeoutError as error:
        raise Malformed("the file stopped coming") from error
    except OSError as error:
        raise Unavailable("disk-full", f"no room for the file: {error.strerror}") from error
    if not size:
        raise Refused("broken-file", "this file is empty")
