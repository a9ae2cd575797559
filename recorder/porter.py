"""Has lessons packed, each in a child of its own, and hands the file on as it comes."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import structlog

from synclass.errors import Refused, Unavailable
from synclass.words import LessonId

log = structlog.get_logger()

MOST = 4  # lessons at once: a child waits for whoever fetches, which takes long on a thin line
REFUSED = 3  # a child's exit code that says: the reason is on stderr
SIZE = 8  # bytes, before all others: how many come
PIECE = 1 << 16  # bytes handed on at once
LONGEST_REASON = 4096  # bytes


class FilePorter:
    """The Porter of synclass.ports over one data folder, with the page that plays a lesson."""

    def __init__(self, data: Path, page: Path) -> None:
        self._data, self._page = data, page
        self._out = 0

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


async def _reason(child: asyncio.subprocess.Process, lesson: LessonId) -> Refused | Unavailable:
    assert child.stderr
    said = (await child.stderr.read(LONGEST_REASON)).decode(errors="replace")
    if await child.wait() == REFUSED:
        code, _, sentence = said.partition("\n")
        return Refused(code, sentence)
    log.error("not packed", lesson=lesson, why=said)
    return Unavailable("not-packed", "this lesson could not be packed")
