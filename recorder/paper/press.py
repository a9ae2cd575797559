"""Has boards printed, each in a child of its own, one after the other."""

import asyncio
import sys
from contextlib import suppress
from pathlib import Path

import msgspec
import structlog

from synclass.errors import Refused, Unavailable
from synclass.ports import Printout
from synclass.words import LessonId

log = structlog.get_logger()

PATIENCE = 90.0  # seconds: a board of 500 full pages takes 40
REFUSED = 3  # a child's exit code that says: the reason is on stderr
MOST_WAITING = 6  # printouts; nobody waits for the seventh


class FilePress:
    """The Press of synclass.ports over one data folder."""

    def __init__(self, data: Path, *, patience: float = PATIENCE) -> None:
        self._data = data
        self._patience = patience
        self._turn = asyncio.Semaphore(1)
        self._waiting = 0

    async def print_out(self, lesson: LessonId, what: Printout) -> bytes:
        if self._waiting >= MOST_WAITING:
            raise Refused("busy", "other boards are being printed: try again in a minute")
        self._waiting += 1
        try:
            async with self._turn, asyncio.timeout(self._patience):
                return await self._run(lesson, what)
        except TimeoutError as error:
            raise Refused("too-slow", "this board takes too long to print") from error
        finally:
            self._waiting -= 1

    async def _run(self, lesson: LessonId, what: Printout) -> bytes:
        asked = (str(self._data), lesson, msgspec.json.encode(what).decode())
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "recorder.paper.process", *asked),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            printed, said = await child.communicate()
        finally:
            with suppress(ProcessLookupError):
                child.kill()
            await child.communicate()  # its pipes are closed then, also where nobody waits any more
        if child.returncode == REFUSED:
            code, _, sentence = said.decode().partition("\n")
            raise Refused(code.splitlines()[-1], sentence)
        if child.returncode != 0:
            log.error("not printed", lesson=lesson, why=said.decode(errors="replace")[-2000:])
            raise Unavailable("not-printed", "this board could not be printed")
        return printed
