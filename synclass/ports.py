"""What the lesson needs from the world outside: one small Protocol each."""

from collections.abc import AsyncIterator, Collection, Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import date
from pathlib import Path
from typing import BinaryIO, Literal, Protocol, TypeVar

from msgspec import Struct

from .school.people import Part, Person
from .school.places import Alliance, Classroom, School
from .school.timetable import Slot, Term
from .words import LessonId, Participant, ParticipantId, Role, TrackName


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

    def keep_page(self, lesson: LessonId, name: str, data: bytes) -> None:
        """Keep a page of courseware under the hash of what it shows; lessons share what is alike.

        It is on the disk, whole, when this returns.  Raises Unavailable("disk-full") and keeps
        nothing, or Unavailable("not-writable"); Malformed for a name that is none of ours.
        """

    def page(self, lesson: LessonId, name: str) -> Path | None:
        """The path of a page this lesson has, or None."""


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
    def card(self) -> "LessonCard":
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

    def file(self, lesson: LessonId, name: str) -> Path | None:
        """The path of ``film.mp4``, or None where it is not ready."""

    def captions(self, lesson: LessonId) -> str:
        """Chat and questions as WebVTT, as they are now; takes a second or so.

        Raises Refused("no-recording") or ("not-ended"), and Malformed.
        """


class Claim(Struct, frozen=True):
    """A node's right to run a lesson: a higher epoch fences off a lower one."""

    lesson: LessonId
    node: str
    epoch: int


class Directory(Protocol):
    """Which node holds which lesson, and how many are in it."""

    async def claim(self, lesson: LessonId, node: str, ttl: float) -> Claim:
        """Take or renew the lesson for ``ttl`` seconds; a new holder gets a higher epoch.

        Raises Refused("held-elsewhere") while another node's claim lives, Unavailable("directory").
        """

    async def renew(self, claim: Claim, ttl: float) -> bool:
        """Keep the claim for ``ttl`` seconds more; False where it is no longer ours."""

    async def release(self, claim: Claim) -> None:
        """Let it go, if it is still ours.  The epoch is never forgotten."""

    async def holder(self, lesson: LessonId) -> str | None:
        """The node that holds the lesson now."""

    async def present(self, lesson: LessonId, who: Sequence[ParticipantId], ttl: float) -> None:
        """Say who is in the lesson; forgotten after ``ttl`` seconds."""

    async def presence(self, lesson: LessonId) -> frozenset[ParticipantId]:
        """Who is in the lesson, as last said."""


class Account(Struct, frozen=True):
    """Somebody who may log in.  Rooms have none: they come in by a code."""

    name: str
    shown: str
    role: Role
    school: str
    password: str
    """An argon2id hash, never the password."""
    given: bool = False
    """An admin chose it: it opens nothing but the change to one of their own."""

    @property
    def holder(self) -> Participant:
        """As whom they come into a lesson."""
        return Participant(ParticipantId(f"u-{self.name}"), self.shown, self.role, self.school)


class LessonCard(Struct, frozen=True):
    """A lesson as the lists show it.  Wall times are Unix seconds, 0 where not yet."""

    id: LessonId
    title: str
    subject: str
    teacher: str
    """The account's name."""
    code: str
    """Six digits for the door, "" once the lesson has ended."""
    made_at: float
    began_at: float = 0.0
    ended_at: float = 0.0


class Within(Struct, frozen=True):
    """Among which lessons is looked for words; an empty field leaves nothing out."""

    subject: str = ""
    teacher: str = ""
    """The account's name."""
    since: float = 0.0
    until: float = float("inf")
    """Wall times: a lesson is of the time when it began, or else was made."""


ANYWHERE = Within()


class Accounts(Protocol):
    """Who may log in."""

    async def account(self, name: str) -> Account | None: ...
    async def save_account(self, account: Account) -> None:
        """Add or replace by name."""

    async def accounts(self) -> list[Account]: ...
    async def accounts_named(self, names: Collection[str]) -> dict[str, Account]:
        """Those of these names that there are."""


class Lessons(Protocol):
    """The cards of lessons."""

    async def lesson(self, lesson: LessonId) -> LessonCard | None: ...
    async def lesson_by_code(self, code: str) -> LessonCard | None: ...
    async def save_lesson(self, card: LessonCard) -> None:
        """Add or replace by id; raises Refused("code-taken") where an open lesson has the code."""

    async def remove_lesson(self, lesson: LessonId) -> None:
        """Forget its card, if there is one."""

    async def lessons(
        self, *, text: str = "", within: Within = ANYWHERE, limit: int = 200
    ) -> list[LessonCard]:
        """Newest first, where each word of ``text`` is in title, subject or teacher's names."""


class Audit(Protocol):
    """Who did what, and when."""

    async def note(self, wall: float, who: str, act: str, what: str) -> None:
        """Add a line to the audit log."""

    async def notes(self, *, limit: int = 200) -> list[tuple[float, str, str, str]]:
        """The newest lines of the audit log, newest first."""

    async def audit(self) -> tuple[int, int, str]:
        """Look at all of it: (lines, the number of the first broken one or 0, the last link)."""


Thing = Alliance | School | Classroom | Person | Term | Slot
AThing = TypeVar("AThing", bound=Thing)


class Tally(Struct, frozen=True):
    """How many there are."""

    schools: int
    classrooms: int
    people: int


class Held(Struct, frozen=True):
    """What a school taught: lessons of its timetable, the classrooms in them, and how long."""

    school: str
    lessons: int
    rooms: int
    seconds: float


class District(Protocol):
    """Schools, classrooms, people and terms."""

    async def put(self, thing: AThing) -> AThing:
        """Add it (version 0) or change the version that was seen; returns it as it is now.

        Raises Refused("changed-meanwhile"), ("taken"), ("not-there").
        """

    async def take_in(self, things: Sequence[AThing]) -> None:
        """Add or replace all of one type, whatever version there is; all of them or none."""

    async def remove(self, kind: type[Thing], id_: str, version: int) -> None:
        """Raises Refused("changed-meanwhile"), ("not-there"), ("in-use")."""

    async def alliances(self) -> list[Alliance]: ...
    async def schools(
        self, *, alliance: str = "", ids: list[str] | None = None
    ) -> list[School]: ...
    async def school(self, id_: str) -> School:
        """Raises Refused("no-school")."""

    async def classrooms(
        self, *, school: str = "", ids: list[str] | None = None
    ) -> list[Classroom]: ...
    async def people(
        self,
        *,
        school: str = "",
        classroom: str = "",
        part: Part | None = None,
        text: str = "",
        limit: int = 200,
    ) -> list[Person]:
        """By number and id; each word of ``text`` is in the name, or is the number's beginning."""

    async def person(self, id_: str) -> Person | None: ...
    async def names(self, ids: set[str]) -> dict[str, str]: ...
    async def terms(self) -> list[Term]:
        """The newest first."""

    async def tally(self, school: str = "") -> Tally: ...


class Timetable(Protocol):
    """The lessons of a week, and which of them were held."""

    async def slots(
        self,
        term: str,
        *,
        school: str = "",
        teacher: str = "",
        rooms: list[str] | None = None,
        weekday: int = 0,
    ) -> list[Slot]:
        """By weekday and bell: of a school, or where it listens; of a teacher; of any of rooms."""

    async def slot(self, id_: str) -> Slot | None: ...
    async def opened(self, day: date) -> dict[str, LessonId]:
        """The lessons of a day that were opened, by their slot."""

    async def note_opening(self, slot: Slot, day: date, lesson: LessonId) -> None:
        """Raises Refused("taken") where somebody has opened it."""

    async def held(self, first: date, last: date) -> list[Held]:
        """What each school taught in these days, the last one included."""


class Registry(Accounts, Lessons, Audit, District, Timetable, Protocol):
    """What a district knows.  All of it raises Unavailable("registry")."""
