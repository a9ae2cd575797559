"""What is made of lessons beside those that go on: prints, packed files, films."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Literal, Protocol

from msgspec import Struct

from synclass.words import LessonId

from .lessons import LessonCard


class Printout(Struct, frozen=True):
    """What is to be printed of a board."""

    kind: Literal["pdf", "svg", "png", "inkml"]
    page: int = 0
    """Of an SVG or PNG, counted from 1."""
    width: int = 1920
    """Of a PNG, in pixels."""


class Press(Protocol):
    """Prints boards beside the lessons that go on."""

    async def print_out(self, lesson: LessonId, what: Printout) -> bytes:
        """The file.  Raises Refused: "no-page", "bad-size", "no-recording", "busy", "too-slow".

        Raises Unavailable("not-printed") where the machine lacks what is needed.
        """


class Arrival(Protocol):
    """A packed lesson that has come, and is not believed yet."""

    @property
    def card(self) -> LessonCard:
        """What it says of itself; nobody's."""

    async def take_in(self) -> None:
        """Check all of it and keep it.

        Raises Malformed, Refused("too-slow"), Unavailable("disk-full") or ("not-packed").
        """


class Porter(Protocol):
    """Makes one file of an ended lesson and takes such files in, beside the lessons that go on."""

    def pack(
        self, lesson: LessonId
    ) -> AbstractAsyncContextManager[tuple[int, AsyncIterator[bytes]]]:
        """How many bytes it has, and these as they are made.

        Raises Refused: "no-recording", "not-ended", "busy"; Unavailable("not-packed").
        """

    def receive(self, pieces: AsyncIterator[bytes]) -> AbstractAsyncContextManager[Arrival]:
        """A file as it comes.  Raises Malformed, Refused("busy"), Unavailable("disk-full")."""


Language = Literal["zh", "en"]
"""Of the words that are written into a file, as web/src/i18n has them."""


class FilmState(Struct, frozen=True):
    """How it stands with the film of a lesson."""

    state: Literal["none", "waiting", "making", "ready", "failed"]
    done: float = 0.0
    """The share of the work, 0..1."""
    ahead: int = 0
    """Films that are made before it."""
    why: str = ""
    """A code: what it waits for, or why there is none."""


class Films(Protocol):
    """Has films of ended lessons made, one at a time and only of time that is left over."""

    async def run(self) -> None:
        """Make what is ordered until cancelled."""

    def state(self, lesson: LessonId) -> FilmState: ...
    def order(self, lesson: LessonId, language: Language = "zh") -> FilmState:
        """Raises Refused("busy"); an order outlives a restart.  Twice is once."""

    def cancel(self, lesson: LessonId) -> FilmState:
        """Stop making it, and throw away what there is of it."""

    def free(self, wanted: int, now: float) -> int:
        """Let films leave a disk that runs low, the oldest first; bytes gained.

        None of the last day: whoever ordered it has still to fetch it.
        """

    def file(self, lesson: LessonId, name: str) -> Path | None:
        """The path of ``film.mp4``, or None where it is not ready."""

    def captions(self, lesson: LessonId) -> str:
        """Chat and questions as WebVTT, as they are now; takes a second or so.

        Raises Refused("no-recording") or ("not-ended"), and Malformed.
        """
