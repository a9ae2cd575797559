"""Signs what an ended lesson consists of: at the bell, or at the next start where one fell."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import structlog
from msgspec import Struct

from synclass import wire
from synclass.conduct import Ended, Opened
from synclass.errors import Malformed, Unavailable

from . import disk, journal, manifest, pages, sums
from .manifest import File, Manifest, Segment
from .mend import is_open
from .names import media_name, unsafe
from .take import index_path

AGAIN = 60.0
"""Seconds until a lesson that could not be signed is tried again: a disk may have room then."""
_TELLING = b"lesson."
"""In the tags of the facts that tell of a bell: of a hundred thousand records few are decoded."""
_log = structlog.get_logger()


class Notary:
    """Signs each lesson once.  All is read in a thread: live lessons are not held up.

    ``wall`` tells Unix seconds.
    """

    def __init__(self, data: Path, seal: bytes, wall: Callable[[], float]) -> None:
        self._lessons, self._seal, self._wall = data / "lessons", seal, wall
        self._rang: asyncio.Queue[Path] = asyncio.Queue()
        self._failed: list[Path] = []

    def rang(self, folder: str) -> None:
        """The lesson of this folder is over, and its files are finished."""
        self._rang.put_nowait(self._lessons / folder)

    async def run(self) -> None:
        """Sign what has ended, until cancelled."""
        await asyncio.to_thread(self.look)
        while True:
            try:
                async with asyncio.timeout(AGAIN):
                    due = [await self._rang.get()]
            except TimeoutError:
                due, self._failed = self._failed, []
            for folder in due:
                await asyncio.to_thread(self.attest, folder)

    def look(self) -> None:
        """Sign every lesson that has ended and is not signed: nothing is being recorded yet."""
        for folder in sorted(self._lessons.glob("*/")):
            self.attest(folder)

    def attest(self, folder: Path) -> None:
        """Sign this lesson if it has ended, its media are finished, and nobody has signed it."""
        try:
            found = self._describe(folder)
            if found is not None:
                disk.put_whole(folder / manifest.NAME, manifest.sign(found, self._seal))
                _log.info("lesson signed", lesson=found.lesson, files=len(found.files))
        except (Malformed, Unavailable, OSError) as error:
            self._failed.append(folder)
            _log.error("lesson not signed", folder=folder.name, why=str(error))

    def _describe(self, folder: Path) -> Manifest | None:
        media = list(_media(folder))
        if (folder / manifest.NAME).exists() or any(is_open(path) for path in media):
            return None
        log, bell = _survey(folder / "log")
        if bell.reason is None:
            return None
        kept = [*media, *(beside for path in media if (beside := index_path(path)).exists())]
        kept += [path for path in (folder / "pages").glob("*") if pages.NAME.fullmatch(path.name)]
        return Manifest(
            kind="synclass manifest",
            version=manifest.VERSION,
            lesson=unsafe(folder.name),
            ended=bell.wall,
            reason=bell.reason,
            signed=self._wall(),
            log=log,
            files=[_file(folder, path) for path in sorted(kept)],
            key=manifest.public(self._seal),
        )


class _Bell(Struct):
    """When and why a lesson ended; no reason where it did not."""

    origin: float = 0.0
    wall: float = 0.0
    reason: str | None = None

    def hear(self, record: bytes) -> None:
        for entry in wire.entries(record):
            match entry.fact:
                case Opened(wall=wall):
                    self.origin = wall
                case Ended(reason):
                    self.wall, self.reason = self.origin + entry.ms / 1000, reason


def _survey(log: Path) -> tuple[list[Segment], _Bell]:
    """How far each segment goes, committed to the disk, and what it says of the bell."""
    for path in log.glob("*.log"):
        disk.commit(path)
    ends: dict[str, journal.Place] = {}
    records: Counter[str] = Counter()
    bell = _Bell()
    for place in journal.places(log):
        if _TELLING in place.record:
            bell.hear(place.record)
        ends[place.segment] = place
        records[place.segment] += 1
    found = (Segment(name, at.end, records[name], at.link.hex()) for name, at in ends.items())
    return list(found), bell


def _media(folder: Path) -> Iterator[Path]:
    for path in (folder / "media").glob("*"):
        try:
            media_name(path.name)
        except Malformed:
            continue
        yield path


def _file(folder: Path, path: Path) -> File:
    disk.commit(path)
    hash = sums.root(sums.known(path))
    return File(path.relative_to(folder).as_posix(), path.stat().st_size, hash)
