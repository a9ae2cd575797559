"""A file that comes in over HTTP and becomes pages: one at a time from each, said line by line."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

from aiohttp import web
from msgspec import Struct, json

from synclass.errors import Malformed, Refused, Unavailable
from synclass.preclass.handout import Sheet
from synclass.words import ParticipantId

from .courseware.kinds import SNIFF, Kind, kind_of
from .courseware.slip import SOURCE, Word
from .courseware.workshop import Page, Workshop

CHUNK = 256 * 1024  # bytes written at once
STALLED = 30.0  # seconds without a byte of an upload
Kept = dict[str, int] | dict[str, Sheet] | dict[str, str]
"""What the last line says: what has become of the pages."""
Said = Word | Kept
Folder = tempfile.TemporaryDirectory[str]


class Wanted(Struct, frozen=True):
    """What is taken from whom, and who keeps the pages that are made of it."""

    who: ParticipantId
    largest: int
    """Bytes."""
    kinds: tuple[Kind, ...]
    keep: Callable[[list[Page]], Awaitable[Kept]]


class Intake:
    def __init__(self) -> None:
        self.workshop = Workshop()
        self.uploading: set[str] = set()
        """Whose file is on its way just now: one at a time."""
        self._works: set[asyncio.Task[None]] = set()

    async def take(self, request: web.Request, wanted: Wanted) -> web.StreamResponse:
        """The body is the file.

        Answers with lines of JSON: how far it is, and last what ``keep`` says, or the code and
        the sentence of what went wrong.  Who goes away meanwhile does not stop the work.
        """
        if (request.content_length or 0) > wanted.largest:
            raise _too_large(wanted)
        if wanted.who in self.uploading:
            raise Refused("busy", "another file of yours is on its way")
        self.uploading.add(wanted.who)
        folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        try:
            await _receive(request, Path(folder.name) / SOURCE, wanted)
        except BaseException:
            self._clear(wanted, folder)
            raise
        said: asyncio.Queue[Said | None] = asyncio.Queue()  # a line for each page, and two
        work = asyncio.create_task(self._work(wanted, folder, said))
        self._works.add(work)
        work.add_done_callback(self._works.discard)
        return await _told(request, said)

    async def close(self, app: web.Application) -> None:
        """End what is being converted: the server goes down."""
        for work in self._works:
            work.cancel()
        await asyncio.gather(*self._works, return_exceptions=True)

    async def _work(self, wanted: Wanted, folder: Folder, said: asyncio.Queue[Said | None]) -> None:
        async def tell(word: Word) -> None:
            said.put_nowait(word)

        try:
            pages = await self.workshop.convert(Path(folder.name), tell)
            said.put_nowait(await wanted.keep(pages))
        except (Refused, Unavailable) as error:
            said.put_nowait({"code": error.code, "message": str(error)})
        finally:
            said.put_nowait(None)
            self._clear(wanted, folder)

    def _clear(self, wanted: Wanted, folder: Folder) -> None:
        self.uploading.discard(wanted.who)
        folder.cleanup()


async def _told(request: web.Request, said: asyncio.Queue[Said | None]) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "application/x-ndjson"})
    await response.prepare(request)
    while (word := await said.get()) is not None:
        with suppress(ConnectionError):
            await response.write(json.encode(word) + b"\n")
    return response


async def _receive(request: web.Request, path: Path, wanted: Wanted) -> None:
    """The body into a file.

    Raises Refused("too-large"), and "bad-kind" by its first bytes; Malformed where it ends too
    early.
    """
    size, head = 0, b""
    try:
        with path.open("xb") as file:
            while chunk := await _chunk(request):
                size += len(chunk)
                if size > wanted.largest:
                    raise _too_large(wanted)
                await asyncio.to_thread(file.write, chunk)
                head += chunk[: SNIFF - len(head)]
    except TimeoutError as error:
        raise Malformed("the file stopped coming") from error
    except OSError as error:
        raise Unavailable("disk-full", f"no room for the file: {error.strerror}") from error
    if not size:
        raise Refused("broken-file", "this file is empty")
    _check_kind(head, wanted)


async def _chunk(request: web.Request) -> bytes:
    async with asyncio.timeout(STALLED):
        return await request.content.read(CHUNK)


def _check_kind(head: bytes, wanted: Wanted) -> None:
    if wanted.kinds and kind_of(head) not in wanted.kinds:
        raise Refused("bad-kind", "here only a picture is taken: PNG, JPEG, WebP, GIF or SVG")


def _too_large(wanted: Wanted) -> Refused:
    most = wanted.largest // 1024 // 1024
    return Refused("too-large", f"a file has at most {most} MB: make its pictures smaller")
