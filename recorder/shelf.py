"""Where the journals and the media of lessons lie: folders under one data folder."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from synclass.errors import Malformed, Refused, Unavailable
from synclass.ports import Offsite, Space, TrackFile
from synclass.words import LessonId

from . import clear, manifest, opener, pages, photographs
from .journal import FileJournal, read
from .names import MediaName, media_name, safe
from .reserve import Reserve, spare


class FileShelf:
    """The Shelf of synclass.ports over ``<data>/lessons/<lesson>/{log,media,pages}``.

    A lesson's id may be any text: it is encoded so that it stays in its folder (recorder.names);
    one that is empty or too long raises Malformed.
    """

    def __init__(self, data: Path, *, least_free: int = 0, offsite: Offsite | None = None) -> None:
        self._data, self._least_free, self._offsite = data, least_free, offsite

    def space(self) -> Space:
        return Space(spare(self._data), self._least_free)

    def journal(self, lesson: LessonId) -> FileJournal:
        return FileJournal(lesson_folder(self._data, lesson) / "log", reserve=Reserve(self._data))

    def read(self, lesson: LessonId) -> Iterator[bytes]:
        return read(lesson_folder(self._data, lesson) / "log")

    def tracks(self, lesson: LessonId) -> list[TrackFile]:
        folder = media_folder(self._data, lesson)
        named = [(name, path) for path in folder.glob("*") if (name := _named(path.name))]
        named.sort(key=lambda pair: (pair[0].who, pair[0].track, pair[0].n))
        found = (_track_file(name, path) for name, path in named)
        return [track for track in found if track is not None]

    def media(self, lesson: LessonId, name: str) -> Path | None:
        path = media_folder(self._data, lesson) / name
        return path if _named(name) and path.is_file() else None

    def unlocked(self, lesson: LessonId, name: str) -> BinaryIO | None:
        path = self.media(lesson, name)
        return None if path is None else opener.unlocked(path)

    def bring(self, lesson: LessonId) -> None:
        if self._offsite is not None:
            self._offsite.bring(lesson)

    def manifest(self, lesson: LessonId) -> Path | None:
        """What the ended lesson was signed to consist of, where it was."""
        path = lesson_folder(self._data, lesson) / manifest.NAME
        return path if path.is_file() else None

    def weight(self, lesson: LessonId) -> tuple[int, int]:
        folder = lesson_folder(self._data, lesson)
        files = [path for path in folder.rglob("*") if path.is_file()]
        sizes = {path: path.stat().st_size for path in files}
        pages = sum(size for path, size in sizes.items() if path.parent.name == "pages")
        return sum(sizes.values()) - pages, pages

    def keep_page(self, lesson: LessonId, name: str, data: bytes) -> None:
        pages.keep(self._data / "pages", lesson_folder(self._data, lesson) / "pages", name, data)

    def page(self, lesson: LessonId, name: str) -> Path | None:
        return pages.find(lesson_folder(self._data, lesson) / "pages", name)

    def keep_photograph(self, name: str, photo: bytes) -> None:
        space = self.space()
        if space.free <= max(space.least, len(photo)):
            raise Unavailable("disk-full", "what room is left is for the lessons that go on")
        photographs.keep(self._data, name, photo)

    def photograph(self, name: str) -> Path | None:
        path = photographs.place(self._data, name)
        if not path.is_file() and self._offsite is not None:
            self._offsite.bring_photograph(name)
        return path if path.is_file() else None


def lesson_folder(data: Path, lesson: str) -> Path:
    return data / "lessons" / safe(lesson)


def media_folder(data: Path, lesson: str) -> Path:
    return lesson_folder(data, lesson) / "media"


def _named(name: str) -> MediaName | None:
    try:
        return media_name(name)
    except Malformed:
        return None


def _track_file(name: MediaName, path: Path) -> TrackFile | None:
    """What can be said of a file; None where there is not one whole cluster in it yet."""
    try:
        known = opener.known(path)
    except Refused:
        return None
    if not known.clusters:
        return None
    live, last = opener.is_live(path, known.head), known.clusters[-1]
    return TrackFile(
        name=path.name,
        who=name.who,
        track=name.track,
        mime=known.mime,
        size=last.end if live else path.stat().st_size,
        header=known.head,
        clusters=[(found.ms, found.offset) for found in known.clusters if found.key],
        ends_ms=last.ends_ms,
        live=live,
        erased=clear.erased(path),
    )
