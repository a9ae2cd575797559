"""Has films made, one after the other; what was ordered is not forgotten by a fall."""

import asyncio
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path

import structlog

from synclass import wire
from synclass.errors import Malformed, Refused
from synclass.lesson import Entry
from synclass.ports import FilmState, Language
from synclass.words import LessonId

from .. import disk
from ..names import safe, unsafe
from ..shelf import FileShelf
from .captions import captions
from .plan import read
from .terms import LATER, NAME, REFUSED, RESERVE

log = structlog.get_logger()

MOST_WAITING = 50  # films ordered; nobody waits for the next one
AGAIN = 30.0  # seconds until a disk that was full is looked at again
FRESH = 24 * 3600.0  # seconds in which whoever ordered a film fetches it
MOST_BYTES = 40 * 1024**3  # of all films that are ready: the oldest go


class FilmStudio:
    """The Films of synclass.ports over ``<data>/films``: a folder for each, and what is ordered."""

    def __init__(self, data: Path, *, again: float = AGAIN, idle: bool = True) -> None:
        """``idle`` is whether films are made only of time that nobody else wants."""
        self._data, self._folder = data, data / "films"
        self._again, self._pace = again, "idle" if idle else "at-once"
        self._wanted = asyncio.Event()
        self._making: LessonId | None = None
        self._child: asyncio.subprocess.Process | None = None
        self._done = 0.0
        self._failed: dict[LessonId, str] = {}
        self._full = False

    def state(self, lesson: LessonId) -> FilmState:
        ordered = self._ordered()
        if lesson == self._making:
            return FilmState("making", self._done)
        if lesson in ordered:
            why = "disk-full" if self._full else ""
            return FilmState("waiting", 0.0, ordered.index(lesson), why)
        if lesson in self._failed:
            return FilmState("failed", why=self._failed[lesson])
        return FilmState("ready", 1.0) if self.file(lesson, NAME) else FilmState("none")

    def order(self, lesson: LessonId, language: Language = "zh") -> FilmState:
        if self._order(lesson).exists():
            return self.state(lesson)
        if len(self._ordered()) >= MOST_WAITING:
            raise Refused("busy", "many films are being made: try again tomorrow")
        disk.make_folder(self._folder)
        self._failed.pop(lesson, None)
        last = max((at for at, _ in self._orders()), default=0)
        at = max(time.time_ns(), last + 1)  # a file system's clock goes in steps
        self._order(lesson).write_text(language)
        os.utime(self._order(lesson), ns=(at, at))
        self._wanted.set()
        return self.state(lesson)

    def cancel(self, lesson: LessonId) -> FilmState:
        self._order(lesson).unlink(missing_ok=True)
        self._failed.pop(lesson, None)
        if lesson == self._making and self._child is not None:
            with suppress(ProcessLookupError):
                self._child.kill()
            self._making = None
        else:
            shutil.rmtree(self._folder / safe(lesson), ignore_errors=True)
        return self.state(lesson)

    def free(self, wanted: int, now: float) -> int:
        gained = 0
        with suppress(FileNotFoundError):  # erased meanwhile: the rest at the next look
            for path in reversed(self._films()):
                kept = path.stat()
                if gained >= wanted or kept.st_mtime > now - FRESH:
                    break
                shutil.rmtree(path.parent, ignore_errors=True)
                gained += kept.st_size
        return gained

    def file(self, lesson: LessonId, name: str) -> Path | None:
        path = self._folder / safe(lesson) / name
        return path if name == NAME and path.is_file() else None

    def captions(self, lesson: LessonId) -> str:
        def entries() -> Iterator[Entry]:
            return chain.from_iterable(map(wire.entries, FileShelf(self._data).read(lesson)))

        return captions(entries(), read(entries()))

    async def run(self) -> None:
        """Make what is ordered until cancelled; the oldest order first."""
        while True:
            self._wanted.clear()
            ordered = self._ordered()
            if not ordered:
                await self._wanted.wait()
            elif not await self._made(ordered[0]):
                with suppress(TimeoutError):
                    async with asyncio.timeout(self._again):
                        await self._wanted.wait()

    async def _made(self, lesson: LessonId) -> bool:
        """False where it has to wait: whatever the system refuses, it refuses for a time."""
        try:
            made = await self._make(lesson)
            self._bound(lesson)
        except OSError as error:
            log.error("film waits", lesson=lesson, why=str(error))
            return False
        return made

    async def _make(self, lesson: LessonId) -> bool:
        """False where it has to wait."""
        free = shutil.disk_usage(self._folder).free
        self._full = free < RESERVE
        if self._full:
            return False
        self._making, self._done = lesson, 0.0
        try:
            code, why = await self._run(lesson)
        finally:
            cancelled, self._making, self._child = self._making is None, None, None
        if cancelled:
            shutil.rmtree(self._folder / safe(lesson), ignore_errors=True)
            return True
        self._full = why.startswith("disk-full")
        if code == LATER:
            log.warning("film waits", lesson=lesson, why=why)
            return False
        if code != 0:
            self._failed[lesson] = why.split("\n")[0] if code == REFUSED else "broken"
            log.error("no film", lesson=lesson, why=why[-2000:])
        self._order(lesson).unlink(missing_ok=True)
        return True

    async def _run(self, lesson: LessonId) -> tuple[int, str]:
        """The child's exit code, and what it said of it."""
        pipe = asyncio.subprocess.PIPE
        self._child = child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "recorder.film.process", str(self._data), lesson),
            *(self._pace, self._order(lesson).read_text()),
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
        )
        assert child.stdout is not None and child.stderr is not None
        said = asyncio.create_task(child.stderr.read())
        try:
            async for line in child.stdout:
                self._done = float(line)
            return await child.wait(), (await said).decode(errors="replace")
        finally:
            said.cancel()
            with suppress(ProcessLookupError):
                child.kill()

    def _bound(self, newest: LessonId) -> None:
        """The oldest films go where all together are too large."""
        total = 0
        for path in self._films():
            total += path.stat().st_size
            if total > MOST_BYTES and path.parent.name != safe(newest):
                shutil.rmtree(path.parent, ignore_errors=True)

    def _films(self) -> list[Path]:
        """The newest first."""
        return sorted(self._folder.glob(f"*/{NAME}"), key=lambda path: -path.stat().st_mtime)

    def _order(self, lesson: LessonId) -> Path:
        return self._folder / f"{safe(lesson)}.ordered"

    def _ordered(self) -> list[LessonId]:
        return [lesson for _, lesson in self._orders()]

    def _orders(self) -> list[tuple[int, LessonId]]:
        """When each was ordered, the oldest first."""
        found = []
        for path in self._folder.glob("*.ordered"):
            with suppress(Malformed, FileNotFoundError):
                found.append((path.stat().st_mtime_ns, LessonId(unsafe(path.stem))))
        return sorted(found)
