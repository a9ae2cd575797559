"""Has lessons packed and taken in, each by a child of its own, and passes on what comes."""

import asyncio
import secrets
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import structlog
from msgspec import Struct

from synclass.errors import Malformed, Refused, Unavailable
from synclass.ports import LessonCard
from synclass.words import LessonId

from . import disk, unpack
from .unpack import ARRIVING

log = structlog.get_logger()

MOST = 4  # lessons at once: a child waits for whoever fetches, which takes long on a thin line
REFUSED = 3  # a child's exit code that says: the reason is on stderr
SIZE = 8  # bytes, before all others: how many come
PIECE = 1 << 16  # bytes handed on at once
LONGEST_REASON = 4096  # bytes
PATIENCE = 900.0  # seconds to take one in: a slow disk has gigabytes to write


class FilePorter:
    """The Porter of synclass.ports over one data folder, with the page that plays a lesson."""

    def __init__(self, data: Path, page: Path) -> None:
        unpack.sweep(data)
        self._data, self._page = data, page
        self._out = 0
        self._coming = False

    @asynccontextmanager
    async def pack(self, lesson: LessonId) -> AsyncIterator[tuple[int, AsyncIterator[bytes]]]:
        if self._out >= MOST:
            raise Refused("busy", "other lessons are being fetched: try again in a minute")
        self._out += 1
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "recorder.parcel", self._data, lesson, self._page),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            yield await _size(child, lesson), _pieces(child, lesson)
        finally:
            self._out -= 1
            with suppress(ProcessLookupError):
                child.kill()
            await child.wait()

    @asynccontextmanager
    async def receive(self, pieces: AsyncIterator[bytes]) -> AsyncIterator["Arrived"]:
        if self._coming:
            raise Refused("busy", "another lesson is being taken in: try again in a minute")
        self._coming = True
        folder = self._data / ARRIVING
        path = folder / f"{secrets.token_hex(8)}.file"
        try:
            await asyncio.to_thread(disk.make_folder, folder)
            await _write(path, pieces)
            contents = await asyncio.to_thread(unpack.look, path)
            yield Arrived(self._data, path, unpack.card(contents))
        finally:
            self._coming = False
            path.unlink(missing_ok=True)


class Arrived(Struct):
    """The Arrival of synclass.ports."""

    data: Path
    path: Path
    card: LessonCard

    async def take_in(self) -> None:
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "recorder.arrival", self.data, self.path),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            async with asyncio.timeout(PATIENCE):
                if await child.wait():
                    raise await _reason(child, self.card.id)
        except TimeoutError as error:
            raise Refused("too-slow", "this lesson takes too long to check") from error
        finally:
            with suppress(ProcessLookupError):
                child.kill()
            await child.wait()


async def _write(path: Path, pieces: AsyncIterator[bytes]) -> None:
    try:
        with path.open("xb") as file:
            async for piece in pieces:
                await asyncio.to_thread(file.write, piece)
    except OSError as error:
        raise disk.unavailable(error) from error


async def _size(child: asyncio.subprocess.Process, lesson: LessonId) -> int:
    assert child.stdout
    try:
        return int.from_bytes(await child.stdout.readexactly(SIZE))
    except asyncio.IncompleteReadError:
        raise await _reason(child, lesson) from None


async def _pieces(child: asyncio.subprocess.Process, lesson: LessonId) -> AsyncIterator[bytes]:
    assert child.stdout
    while piece := await child.stdout.read(PIECE):
        yield piece
    if await child.wait():
        raise await _reason(child, lesson)


async def _reason(
    child: asyncio.subprocess.Process, lesson: LessonId
) -> Refused | Malformed | Unavailable:
    assert child.stderr
    said = (await child.stderr.read(LONGEST_REASON)).decode(errors="replace")
    if await child.wait() == REFUSED:
        code, _, sentence = said.partition("\n")
        return Malformed(sentence) if code == Malformed.code else Refused(code, sentence)
    log.error("not packed", lesson=lesson, why=said)
    return Unavailable("not-packed", "this lesson could not be packed")
