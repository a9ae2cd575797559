"""Erases a lesson, or what one participant said in it: what was begun ends, whatever falls between.

An erasure is a file in ``<data>/erasing`` from its order to its end; all it does may be done twice.
"""

import shutil
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import msgspec
import structlog

from synclass.erasure import Erasure
from synclass.errors import Refused
from synclass.ports import Offsite

from . import clear, disk, keys, photographs
from .names import safe
from .shelf import FileShelf, lesson_folder

FOLDER = "erasing"
_log = structlog.get_logger()


class FileEraser:
    """The Eraser of synclass.ports over one data folder."""

    def __init__(self, data: Path, offsite: Offsite | None = None) -> None:
        self._data, self._offsite = data, offsite

    def order(self, erasure: Erasure) -> None:
        if erasure.who:
            self._check_voices(erasure)
        disk.make_folder(self._data / FOLDER)
        disk.put_whole(self._path(erasure), msgspec.json.encode(erasure))

    def ordered(self) -> list[Erasure]:
        found = []
        for path in sorted((self._data / FOLDER).glob("*.json")):
            try:
                with suppress(FileNotFoundError):  # carried out meanwhile
                    found.append(msgspec.json.decode(path.read_bytes(), type=Erasure))
            except msgspec.DecodeError:
                _log.error("an order to erase that is none", file=path.name)
        return found

    def destroy(self, erasure: Erasure) -> None:
        try:
            self._remove_film(erasure)
            if erasure.who:
                keys.destroy(self._key(erasure))
            else:
                self._remove(erasure)
                if self._offsite is not None:
                    self._offsite.erase(erasure.lesson)
        except OSError as error:
            raise disk.unavailable(error) from error

    def drop_photograph(self, name: str) -> None:
        photographs.remove(self._data, name)
        if self._offsite is not None:
            self._offsite.erase_photograph(name)

    def done(self, erasure: Erasure) -> None:
        self._path(erasure).unlink(missing_ok=True)

    def _check_voices(self, erasure: Erasure) -> None:
        """Raises Refused: "no-voice", "not-locked"."""
        shelf = FileShelf(self._data, offsite=self._offsite)
        shelf.bring(erasure.lesson)
        tracks = [track for track in shelf.tracks(erasure.lesson) if track.who == erasure.who]
        if not tracks:
            raise Refused("no-voice", "nothing of them was recorded in this lesson")
        paths = (shelf.media(erasure.lesson, track.name) for track in tracks)
        if any(path is not None and clear.lock(path)[1] is None for path in paths):
            why = "this was recorded in the clear: only the whole lesson can be erased"
            raise Refused("not-locked", why)

    def _remove_film(self, erasure: Erasure) -> None:
        """The voice is in it; whoever is making it finds nothing there any more."""
        films, name = self._data / "films", safe(erasure.lesson)
        (films / f"{name}.ordered").unlink(missing_ok=True)
        self._put_away(films / name)

    def _remove(self, erasure: Erasure) -> None:
        """Keys first: whatever comes between, nobody hears a pupil again."""
        folder = lesson_folder(self._data, erasure.lesson)
        for path in keys.folder(folder).glob("*.key"):
            keys.destroy(path)
        with suppress(FileNotFoundError):
            keys.folder(folder).rmdir()
        for path in (folder / "pages").glob("*"):
            self._remove_page(path)
        self._put_away(folder)

    def _remove_page(self, link: Path) -> None:
        """Courseware goes with the last lesson that has it: no link but ours and the store's."""
        stored = self._data / "pages" / link.name
        with suppress(FileNotFoundError):
            if stored.stat().st_nlink <= 2:
                stored.unlink()
        link.unlink()

    def _put_away(self, folder: Path) -> None:
        """Out of its place at once, and then bit by bit."""
        aside = self._data / FOLDER / f"{folder.parent.name}.{folder.name}"
        shutil.rmtree(aside, ignore_errors=True)
        with suppress(FileNotFoundError):
            folder.rename(aside)
            disk.commit(folder.parent)
        shutil.rmtree(aside, ignore_errors=True)

    def _key(self, erasure: Erasure) -> Path:
        return keys.folder(lesson_folder(self._data, erasure.lesson)) / f"{safe(erasure.who)}.key"

    def _path(self, erasure: Erasure) -> Path:
        name = sha256(f"{erasure.lesson}\0{erasure.who}".encode()).hexdigest()
        return self._data / FOLDER / f"{name}.json"
