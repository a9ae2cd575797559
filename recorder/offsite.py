"""Ended lessons in an S3 bucket too: their media may leave the disk, and come back when asked for.

What is signed is copied, as it lies here: pupils' tracks locked, and their keys never; the log and
the pages stay here as well, for they are small.  ``<data>/offsite/<lesson>.json`` says what is
there; it is written when all of it is.
"""

from __future__ import annotations  # obstore is an extra

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING

import msgspec
import structlog
from msgspec import Struct

from synclass.errors import Unavailable
from synclass.words import LessonId

from . import disk, manifest
from .names import safe, unsafe

if TYPE_CHECKING:
    from obstore.store import ObjectStore

FOLDER, MEDIA = "offsite", "media/"
PIECE = 1 << 20  # bytes
RESTS = 24 * 3600.0  # seconds since a lesson was last brought, before its media may leave again
_log = structlog.get_logger()


class Copy(Struct, frozen=True):
    size: int
    sha256: str


class Away(Struct, frozen=True):
    """What of a lesson is there, by its path below the lesson's folder."""

    files: dict[str, Copy]


class Offsite:
    """Carries lessons between a data folder and a bucket.  All of it may be done twice."""

    def __init__(self, data: Path, store: ObjectStore) -> None:
        self._data, self._store = data, store

    @classmethod
    def at(cls, data: Path, url: str) -> Offsite:
        """``s3://bucket/prefix``; keys and endpoint are where AWS's own tools look for them.

        Raises Unavailable("offsite") where the extra is not installed or the URL is none.
        """
        try:
            from obstore.store import from_url  # noqa: PLC0415  (an extra)

            plain = os.environ.get("AWS_ENDPOINT_URL", "").startswith("http:")
            return cls(data, from_url(url, client_options={"allow_http": plain}))
        except ImportError as error:
            raise Unavailable("offsite", "pip install 'synclass[s3]'") from error
        except Exception as error:
            raise _unavailable(error) from error

    def keep_up(self) -> list[str]:
        """Copy every lesson that is signed and not there yet; the folders' names."""
        signed = sorted((self._data / "lessons").glob(f"*/{manifest.NAME}"))
        new = [path.parent for path in signed if not self._note(path.parent.name).exists()]
        return [folder.name for folder in new if self._copied(folder)]

    def free(self, wanted: int, now: float) -> int:
        """Let media leave the disk, longest at rest first, until so many bytes are gained."""
        gained = 0
        try:
            for note in self._longest_at_rest():
                if gained >= wanted or note.stat().st_mtime > now - RESTS:
                    break
                gained += sum(map(_let_go, self._here(note)))
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
                    self._fetch(f"{safe(lesson)}/{name}", copy, folder / name)
            os.utime(note)

    def erase(self, lesson: LessonId) -> None:
        """Nothing of it is there any more.  Raises Unavailable("offsite")."""
        self._note(safe(lesson)).unlink(missing_ok=True)
        self._empty(safe(lesson))

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
            files = {name: self._sent(folder, name) for name in _names(folder)}
        except FileNotFoundError:  # erased meanwhile
            self._empty(folder.name)
            return
        disk.make_folder(self._data / FOLDER)
        disk.put_whole(self._note(folder.name), msgspec.json.encode(Away(files)))
        if not folder.exists():
            self.erase(LessonId(unsafe(folder.name)))
        _log.info("copied", lesson=folder.name, files=len(files))

    def _sent(self, folder: Path, name: str) -> Copy:
        path, digest = folder / name, hashlib.sha256()
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                digest.update(piece)
        size = path.stat().st_size
        self._put(f"{folder.name}/{name}", path, size)
        return Copy(size, digest.hexdigest())

    def _put(self, name: str, path: Path, size: int) -> None:
        try:
            self._store.put(name, path)
            there = self._store.head(name)["size"]
        except Exception as error:
            path.stat()  # FileNotFoundError, where it is this file that is gone
            raise _unavailable(error) from error
        if there != size:
            raise Unavailable("offsite", f"{name} arrived with {there} of {size} bytes")

    def _fetch(self, name: str, copy: Copy, path: Path) -> None:
        disk.make_folder(path.parent)
        aside, digest = path.with_name(f".{token_hex(8)}"), hashlib.sha256()
        try:
            with aside.open("xb") as file:
                for piece in self._pieces(name):
                    digest.update(piece)
                    file.write(piece)
                os.fsync(file.fileno())
            if digest.hexdigest() != copy.sha256:
                raise Unavailable("offsite", f"{name} is not what was copied")
            aside.replace(path)
            disk.commit(path.parent)
        except OSError as error:
            raise disk.unavailable(error) from error
        finally:
            aside.unlink(missing_ok=True)

    def _pieces(self, name: str) -> Iterator[bytes]:
        try:
            for piece in self._store.get(name).stream(min_chunk_size=PIECE):
                yield bytes(piece)
        except Exception as error:
            raise _unavailable(error) from error

    def _empty(self, name: str) -> None:
        try:
            for found in self._store.list(f"{name}/"):
                self._store.delete([one["path"] for one in found])
        except Exception as error:
            raise _unavailable(error) from error

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


def _unavailable(error: Exception) -> Unavailable:
    return Unavailable("offsite", f"the bucket does not answer: {str(error).splitlines()[0]}")
