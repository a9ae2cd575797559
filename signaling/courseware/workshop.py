"""Has files converted, each in a child of its own, and takes over what was made."""

import asyncio
import gzip
import hashlib
import os
import re
import signal
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import msgspec
import structlog
from msgspec import Struct

from synclass.errors import Refused
from synclass.preclass.handout import Sheet

from .slip import MOST_BYTES, RESULT, Made, Word

log = structlog.get_logger()

PATIENCE = 300.0  # seconds for a whole file: 200 pages at 0.2 s, and LibreOffice before them
MOST_WAITING = 8  # files; each is seconds of a core, and nobody waits for the ninth
LONGEST_RESULT = 32 * 1024 * 1024  # bytes: the words of 200 full pages
_NAME = re.compile(r"[1-9]\d{0,3}\.(svg|webp)")

Tell = Callable[[Word], Awaitable[None]]


class Page(Struct, frozen=True):
    """A page to be kept: what the lesson says of it, and its bytes as they go over the line."""

    sheet: Sheet
    data: bytes
    words: str


class Workshop:
    """Converts one file at a time: a server has few cores, and a class is running on them."""

    def __init__(self, *, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._turn = asyncio.Semaphore(1)
        self._waiting = 0

    async def convert(self, folder: Path, tell: Tell) -> list[Page]:
        """The pages of the file ``source`` in this folder.

        ``tell`` hears how far it is.  Raises Refused with the converter's reason, or "busy",
        "too-slow", "not-converted".
        """
        if self._waiting >= MOST_WAITING:
            raise Refused("busy", "other files are being converted: try again in a minute")
        self._waiting += 1
        try:
            async with self._turn:
                await self._run(folder, tell)
            return await asyncio.to_thread(_taken, folder)
        finally:
            self._waiting -= 1

    async def _run(self, folder: Path, tell: Tell) -> None:
        child = await _start(folder)
        try:
            async with asyncio.timeout(self._patience):
                await _follow(child, tell)
        except TimeoutError as error:
            raise Refused("too-slow", "this file takes too long: save it as a plain PDF") from error
        finally:
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            await child.wait()


async def _start(folder: Path) -> asyncio.subprocess.Process:
    """The child in a group and with an environment of its own: no proxies, no secrets."""
    kept = ("PATH", "LANG", "LC_ALL", "PYTHONPATH")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    environment |= {"HOME": str(folder), "TMPDIR": str(folder)}
    with (folder / "errors").open("wb") as errors:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "signaling.courseware.process", str(folder)),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=errors,
            env=environment,
            start_new_session=True,
        )


async def _follow(child: asyncio.subprocess.Process, tell: Tell) -> None:
    """Pass on what the child says until it ends.  Raises Refused with its reason."""
    assert child.stdout
    async for line in child.stdout:
        word = msgspec.json.decode(line, type=Word)
        if word.code:
            raise Refused(word.code, word.message)
        if word.lacks:
            log.warning(
                "courseware is converted less closed off than it could be", lacks=word.lacks
            )
        if word.of:
            await tell(word)
    await child.wait()


def _taken(folder: Path) -> list[Page]:
    """What the child made, believed in nothing but its pixels: we name it by our own hash."""
    result = folder / RESULT
    if not result.is_file() or result.stat().st_size > LONGEST_RESULT:
        log.warning("not converted", errors=_tail(folder / "errors"))
        raise Refused("not-converted", "this file could not be converted: save it as a plain PDF")
    made = msgspec.json.decode(result.read_bytes(), type=list[Made])
    return [_page(folder, one) for one in made]


def _page(folder: Path, made: Made) -> Page:
    named = _NAME.fullmatch(made.file)
    path = folder / made.file
    if named is None or path.is_symlink() or path.stat().st_size > MOST_BYTES:
        raise Refused("not-converted", "this file could not be converted: save it as a plain PDF")
    shown = path.read_bytes()
    name = f"{hashlib.sha256(shown).hexdigest()}.{named[1]}"
    data = gzip.compress(shown, mtime=0) if named[1] == "svg" else shown
    return Page(Sheet(name, made.width, made.height, len(data)), data, made.words)


def _tail(path: Path) -> str:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 2000))
        return file.read().decode(errors="replace")
