"""Ended lessons in an S3 bucket too: their media may leave the disk, and come back when asked for.

What is signed is copied, as it lies here: pupils' tracks locked, and their keys never; the log and
the pages stay here as well, for they are small.  ``<data>/offsite/<lesson>.json`` says what is
there; it is written when all of it is.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Self

import msgspec
import structlog
from msgspec import Struct

from synclass.errors import Unavailable
from synclass.words import LessonId

from . import copies, disk, manifest
from .bucket import Bucket, Copy
from .copies import Copies
from .names import safe, unsafe

FOLDER, MEDIA = "offsite", "media/"
RESTS = 24 * 3600.0  # seconds since a lesson was last brought, before its media may leave again
_log = structlog.get_logger()


class Away(Struct, frozen=True):
    """What of a lesson is there, by its path below the lesson's folder."""

    files: dict[str, Copy]


class Offsite:
    """Carries lessons between a data folder and a bucket.  All of it may be done twice."""

    def __init__(self, data: Path, bucket: Bucket) -> None:
        self._data, self._bucket = data, bucket
        self._copies = Copies(data, bucket)

    @classmethod
    def at(cls, data: Path, url: str) -> Self:
        """``s3://bucket/prefix``: see Bucket.at."""
        return cls(data, Bucket.at(url))

    def keep_up(self) -> list[str]:
        """Copy every lesson that is signed and not there yet; the folders' names.

        And the photographs of homework.
        """
        signed = sorted((self._data / "lessons").glob(f"*/{manifest.NAME}"))
        new = [path.parent for path in signed if not self._note(path.parent.name).exists()]
        copied = [folder.name for folder in new if self._copied(folder)]
        self._copies.keep_up()
        return copied

    def free(self, wanted: int, now: float) -> int:
        """Let media leave the disk, longest at rest first, until so many bytes are gained."""
        gained = 0
        try:
            for note in self._longest_at_rest():
                if gained >= wanted or note.stat().st_mtime > now - RESTS:
                    break
                gained += sum(map(_let_go, self._here(note)))
            if gained < wanted:
                gained += self._copies.free(wanted - gained, now - RESTS)
        except OSError as error:  # erased meanwhile, it may be: the rest at the next look
            _log.error("media stay on the disk", why=str(error))
        _log.info("media left the disk", bytes=gained)
        return gained

    def bring(self, lesson: LessonId) -> None:
        """Have a lesson's media here.  Raises Unavailable: "offsite", "disk-full"."""
        note, folder = self._note(safe(lesson)), self._data / "lessons" / safe(lesson)
        with suppress(FileNotFoundError):  # it is not there, or erased meanwhile
            for name, copy in _read(note).files.items():
                if name.startswith(MEDIA) and not (folder / name).exists():
                    self._bucket.fetch(f"{safe(lesson)}/{name}", copy, folder / name)
            os.utime(note)

    def erase(self, lesson: LessonId) -> None:
        """Nothing of it is there any more.  Raises Unavailable("offsite")."""
        self._note(safe(lesson)).unlink(missing_ok=True)
        self._bucket.empty(f"{safe(lesson)}/")

    def bring_photograph(self, name: str) -> None:
        """Have it here.  Raises Unavailable: "offsite", "disk-full"."""
        self._copies.bring(name)

    def erase_photograph(self, name: str) -> None:
        """It is not there any more.  Raises Unavailable("offsite")."""
        self._copies.erase(name)

    def _copied(self, folder: Path) -> bool:
        """False of one that cannot be read here: it holds no other up."""
        try:
            self._copy(folder)
        except OSError as error:
            _log.error("not copied", lesson=folder.name, why=str(error))
            return False
        return True

    def _copy(self, folder: Path) -> None:
        try:
            put = self._bucket.put
            files = {name: put(f"{folder.name}/{name}", folder / name) for name in _names(folder)}
        except FileNotFoundError:  # erased meanwhile
            self._bucket.empty(f"{folder.name}/")
            return
        disk.make_folder(self._data / FOLDER)
        disk.put_whole(self._note(folder.name), msgspec.json.encode(Away(files)))
        if not folder.exists():
            self.erase(LessonId(unsafe(folder.name)))
        _log.info("copied", lesson=folder.name, files=len(files))

    def _longest_at_rest(self) -> list[Path]:
        found = (self._data / FOLDER).glob("*.json")
        return sorted(found, key=lambda path: path.stat().st_mtime)

    def _here(self, note: Path) -> Iterator[Path]:
        """Media on the disk that are there too."""
        folder = self._data / "lessons" / note.stem
        for name, copy in _read(note).files.items():
            path = folder / name
            if name.startswith(MEDIA) and path.exists() and path.stat().st_size == copy.size:
                yield path

    def _note(self, name: str) -> Path:
        return self._data / FOLDER / f"{name}.json"


def _names(folder: Path) -> Iterator[str]:
    """The log, the pages, the media, and the manifest last."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name[0] != "." and path.name != manifest.NAME:
            yield str(path.relative_to(folder))
    yield manifest.NAME


def _let_go(path: Path) -> int:
    size = path.stat().st_size
    path.unlink()
    return size


def _read(note: Path) -> Away:
    try:
        return msgspec.json.decode(note.read_bytes(), type=Away)
    except msgspec.DecodeError as error:
        raise Unavailable("offsite", f"{note} is damaged") from error


def elsewhere(data: Path) -> Iterator[tuple[str, str, Copy]]:
    """All that a bucket has of a data folder: the path here, the name there."""
    for note in sorted((data / FOLDER).glob("*.json")):
        with suppress(FileNotFoundError):  # erased meanwhile
            for name, copy in _read(note).files.items():
                yield f"lessons/{note.stem}/{name}", f"{note.stem}/{name}", copy
    yield from copies.held(data)
