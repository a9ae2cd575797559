"""One file of a lesson: a page that plays it, and behind the page a ZIP of all that it plays.

The file leaves the house, so there is in it what a classroom could see, and no more: no fact for
staff alone, no word between two, no fact that this version does not know.
"""

import html
from collections.abc import Iterable, Iterator
from itertools import chain, groupby

import msgspec
from msgspec import Struct, field, structs

from synclass.channel import Fact
from synclass.conduct import Began, Ended, Opened
from synclass.errors import Refused
from synclass.inclass.tracks import ClockSet
from synclass.lesson import Entry
from synclass.ports import Shelf, TrackFile
from synclass.preclass.handout import HandoutAdded
from synclass.wire import entries, record
from synclass.words import LessonId, Participant, ParticipantId, Role

from . import columns, newlines, stored, webm
from .bundle import SETUP, bundle
from .contents import FIRST, FORMAT, VERSION, Contents, write
from .opener import opened
from .shelf import FileShelf
from .stored import Member

PLACE = b"<!--packed-->"
"""Where in the page stands what only this lesson has to say."""
END = b"<plaintext hidden>"
"""Behind it stands the viewer, deflated, and behind that the ZIP."""
BEGINS = b"0123456789"
"""Where it says at which byte the ZIP begins: as many digits, so that saying it moves nothing."""
APART = 2000  # milliseconds between two places of a track where a player may begin
INSIDE = 64 << 20  # bytes that a page reads out of itself; more is read from the file, once chosen
SOUND = webm.mime(SETUP)
MERGED = 128 << 20  # bytes of voices held in memory: eighteen hours of 16 kbit/s
ANYONE = Participant(ParticipantId(""), "", Role.CLASSROOM)
"""A classroom that is no classroom of this lesson: it may see what all of them may."""


class Parcel(Struct, frozen=True):
    """A lesson ready to be carried away."""

    page: bytes
    members: list[Member]
    wall: float
    title: str

    @property
    def size(self) -> int:
        return len(self.page) + stored.size_of(self.members) + len(self._directory())

    def pieces(self) -> Iterator[bytes]:
        """The file; raises Unavailable("changed") where it is still being written."""
        yield self.page
        yield from stored.bodies(self.members, self.wall)
        yield self._directory()

    def _directory(self) -> bytes:
        return stored.directory(self.members, self.wall, len(self.page))


class Told(Struct):
    """What the log says of the lesson as a whole."""

    opened: Opened | None = None
    began_at: float = 0.0
    ended_at: float | None = None
    pages: dict[str, None] = field(default_factory=dict)
    """File names of courseware, in the order in which it was handed out."""

    def hear(self, entry: Entry) -> None:
        match entry.fact:
            case Opened():
                self.opened = entry.fact
            case Began():
                self.began_at = entry.ms / 1000
            case Ended():
                self.ended_at = entry.ms / 1000
            case HandoutAdded(sheets=sheets, words=words):
                self.pages |= {_file(sheet.name): None for sheet in sheets}
                self.pages |= {f"{words}.json": None} if words else {}


def pack(shelf: FileShelf, lesson: LessonId, page: bytes) -> Parcel:
    """With the page that plays it.  Raises Refused: "no-recording"; "not-ended" before the bell."""
    told = Told()
    log = list(_chunks(_public(shelf, lesson, told)))
    if told.opened is None:
        raise Refused("no-recording", "there is no such lesson here")
    if told.ended_at is None:
        raise Refused("not-ended", "this lesson has not ended: it can be packed after the bell")
    paths = [path for name in told.pages if (path := shelf.page(lesson, name))]
    front = [*log, *(stored.member(f"pages/{path.name}", path) for path in paths)]
    if signed := shelf.manifest(lesson):
        front.append(stored.member(signed.name, signed.read_bytes()))
    recorded = list(_recorded(shelf, lesson))
    media = [member for _, member in recorded]
    contents = _contents(lesson, told, told.opened, [track for track, _ in recorded])
    contents = structs.replace(contents, members={m.name: m.digest for m in (*front, *media)})
    front = [stored.member(FIRST, write(contents)), *front]
    return _wrapped(page, front, media, wall=told.opened.wall + told.ended_at, title=contents.title)


def is_packed(fact: object) -> bool:
    """Whether it leaves the house."""
    return (
        isinstance(fact, Fact) and fact.audience().admits(ANYONE) and not isinstance(fact, ClockSet)
    )


def _public(shelf: Shelf, lesson: LessonId, told: Told) -> Iterator[Entry]:
    """What all classrooms may see, without saying who asked for it and how often.

    No clock of a track's packets, either: nobody has the packets, and they are a tenth of the log.
    """
    for data in shelf.read(lesson):
        for entry in entries(data):
            if is_packed(entry.fact):
                told.hear(entry)
                yield structs.replace(entry, by=ANYONE.id, n=0)


def _chunks(log: Iterable[Entry]) -> Iterator[Member]:
    """Half a minute each, by the second at which it begins; none where nothing happened."""
    for number, some in groupby(log, lambda entry: int(entry.ms / 1000 // columns.SPAN)):
        chunk = columns.pack(record([entry]) for entry in some)
        yield stored.member(f"log/{number * int(columns.SPAN):06}.chunk", chunk)


def _contents(lesson: LessonId, told: Told, opened: Opened, tracks: list[TrackFile]) -> Contents:
    return Contents(
        format=FORMAT,
        version=VERSION,
        id=lesson,
        title=opened.title,
        subject=opened.subject,
        teacher=opened.teacher,
        wall=opened.wall,
        began_at=told.began_at,
        ended_at=told.ended_at or 0.0,
        tracks=tracks,
    )


def _recorded(shelf: FileShelf, lesson: LessonId) -> Iterator[tuple[TrackFile, Member]]:
    """Each file of the media as it lies here; voices merged, as many as there is room for."""
    room = MERGED
    for track in (track for track in shelf.tracks(lesson) if not track.erased):
        path = shelf.media(lesson, track.name)
        assert path is not None, "the shelf has just listed it"
        name = f"media/{track.name}"
        if track.mime == SOUND and track.size <= room:
            with opened(path) as file:
                made = bundle(file.read(track.size))
            room -= len(made.data)
            merged = structs.replace(track, size=len(made.data), clusters=made.places)
            yield _thinned(merged), stored.member(name, made.data)
        else:
            yield _thinned(track), stored.member(name, path, track.size)


def _thinned(track: TrackFile) -> TrackFile:
    """With fewer places to begin at: three a second, as a recording has them, are heavy to name."""
    kept, at = list[tuple[int, int]](), -APART
    for ms, offset in track.clusters:
        if ms >= at + APART:
            kept.append((ms, offset))
            at = ms
    return structs.replace(track, clusters=kept, live=False)


def _wrapped(
    page: bytes, front: list[Member], media: list[Member], *, wall: float, title: str
) -> Parcel:
    """Say in the page how to find the ZIP in its own text: all, or what comes before media."""
    members = [*front, *media]
    whole = stored.size_of(members) <= INSIDE
    inside = members if whole else front
    viewer = page.partition(END)[2]
    said = {
        "begins": BEGINS.decode(),
        "viewer": len(viewer),
        "whole": whole,
        "inside": stored.size_of(inside),
        "newlines": newlines.table(chain([viewer], stored.bodies(inside, wall))),
    }
    head = f"<title>{html.escape(title)}</title>".encode("ascii", "xmlcharrefreplace")
    script = b'<script type="application/json" id="packed">' + msgspec.json.encode(said)
    page = page.replace(PLACE, head + script + b"</script>", 1)
    begins = str(len(page)).zfill(len(BEGINS)).encode()
    return Parcel(page.replace(BEGINS, begins, 1), members, wall, title)


def _file(sheet: str) -> str:
    """The file of a page of courseware: an SVG lies gzipped."""
    return f"{sheet}.gz" if sheet.endswith(".svg") else sheet
