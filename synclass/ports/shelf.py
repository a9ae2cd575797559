"""Where the journals and the media of lessons lie."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

from msgspec import Struct

from synclass.words import LessonId, ParticipantId, TrackName


class Journal(Protocol):
    """One lesson's records on disk, in order, for ever."""

    def records(self) -> Iterator[bytes]:
        """Every whole record, oldest first; ends quietly at the first that is cut or damaged."""

    def append(self, record: bytes) -> None:
        """Keep a record: with the system on return (outlives kill -9), on the disk soon after.

        Raises Unavailable("disk-full") and keeps nothing where there is no room, and
        Unavailable("not-writable") where the file cannot be written.
        """

    def close(self) -> None:
        """Bring everything to the disk and let the file go."""


class TrackFile(Struct, frozen=True):
    """One kept track of a recording: a media file whose timestamps are lesson time."""

    name: str
    who: ParticipantId
    track: TrackName
    mime: str
    """For MediaSource, e.g. ``video/webm; codecs="vp8"``."""
    size: int
    """Bytes that are whole: a file still being written may be longer."""
    header: int
    """Bytes before the first cluster (the initialisation segment)."""
    clusters: list[tuple[int, int]]
    """(lesson time in ms, byte offset) of each cluster; each begins with a key frame or sound."""
    ends_ms: int
    live: bool
    erased: bool = False
    """Its key was destroyed: what it held is gone for ever."""


class Space(Struct, frozen=True):
    """Room on the shelf, in bytes."""

    free: int
    least: int
    """With less than this no new recording is begun."""


class Shelf(Protocol):
    """Where the journals and the media of lessons lie."""

    def space(self) -> Space:
        """How much room there is now; Unavailable("not-writable") where the shelf is gone."""

    def journal(self, lesson: LessonId) -> Journal:
        """The lesson's journal, opened for reading and appending; made where there is none."""

    def read(self, lesson: LessonId) -> Iterator[bytes]:
        """The records of a lesson, read beside its writer."""

    def tracks(self, lesson: LessonId) -> list[TrackFile]:
        """What was recorded so far, also while it is being written."""

    def media(self, lesson: LessonId, name: str) -> Path | None:
        """The path of a track's file, or None where there is no such name."""

    def unlocked(self, lesson: LessonId, name: str) -> BinaryIO | None:
        """A file that lies locked, in the clear, to read and to seek in; None where it is not.

        Raises Refused("erased").
        """

    def bring(self, lesson: LessonId) -> None:
        """Have the media here that lie elsewhere; takes as long as they are large.

        Raises Unavailable: "offsite", "disk-full".
        """

    def manifest(self, lesson: LessonId) -> Path | None:
        """What the ended lesson was signed to consist of, where it was."""

    def weight(self, lesson: LessonId) -> tuple[int, int]:
        """Bytes of a lesson that lie here: of its recording, and of its courseware.

        A page that lessons share counts for each of them.
        """

    def keep_page(self, lesson: LessonId, name: str, data: bytes) -> None:
        """Keep a page of courseware under the hash of what it shows; lessons share what is alike.

        It is on the disk, whole, when this returns.  Raises Unavailable("disk-full") and keeps
        nothing, or Unavailable("not-writable"); Malformed for a name that is none of ours.
        """

    def page(self, lesson: LessonId, name: str) -> Path | None:
        """The path of a page this lesson has, or None."""

    def keep_photograph(self, name: str, photo: bytes) -> None:
        """Keep a photograph of homework; it is on the disk, whole, when this returns.

        Raises Unavailable("disk-full") and keeps nothing, also where recordings need the room.
        """

    def photograph(self, name: str) -> Path | None:
        """The path of a photograph, brought here where it lies elsewhere; None where there is none.

        Raises Unavailable: "offsite", "disk-full".
        """
