"""Who is behind: what of the lesson it is in a classroom may fetch, while the lesson runs."""

import asyncio
import time
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from aiohttp import web
from msgspec import Raw, json, structs

from synclass import wire
from synclass.conduct import Began
from synclass.errors import Refused
from synclass.framing import frame
from synclass.lesson import Entry, Lesson
from synclass.permissions import check
from synclass.ports import Registry, Shelf, TrackFile
from synclass.toolbox import new_lesson
from synclass.words import LessonId, Participant

from .bearer import Bearers
from .limits import Limiter
from .login import too_many
from .room import Room
from .rooms import Rooms

LINES = 256  # facts in a frame of the log
FINISH = 900.0  # seconds after the bell in which what was missed may be watched to its end
A_SECOND, AT_ONCE = 8.0, 60.0  # requests: a page that is behind makes two or three a second
MOMENT = (
    10.0  # seconds for which a lesson folded until a moment is kept: all rooms ask for the same
)
APART = 5000  # ms between places to begin that are told: a second of line for an hour of lesson
FRESH = 0.4  # seconds for which a list of tracks is good: after an outage all rooms ask for it

Line = tuple[int, int, Raw]
Moment = tuple[Lesson, list[Entry]]


class Latecomers:
    """Answers classrooms, by their door ticket; all they ask raises Refused."""

    def __init__(self, *, rooms: Rooms, shelf: Shelf, registry: Registry, bearers: Bearers) -> None:
        self._rooms = rooms
        self._shelf = shelf
        self._registry = registry
        self._bearers = bearers
        self._asked = Limiter(A_SECOND, AT_ONCE)
        self._moments: dict[tuple[LessonId, int], tuple[float, asyncio.Future[Moment]]] = {}
        self._tracks: dict[LessonId, tuple[float, asyncio.Future[list[TrackFile]]]] = {}

    async def admit(self, request: web.Request) -> tuple[Participant, Room]:
        """Somebody in this lesson who may watch what they missed; raises Refused."""
        ticket = await self._bearers.ticket_of(request)
        who = ticket.holder
        too_many(self._asked.take(f"{ticket.lesson} {who.id}", time.monotonic()))
        room = await self._rooms.open(ticket.lesson)
        conduct = room.lesson.conduct
        check(who.role, "recording.catch-up", conduct.stage)
        if conduct.ended_at is not None and room.now() - conduct.ended_at > FINISH:
            raise Refused("over", "this lesson is over: its recording is for those who may watch")
        if who.id not in conduct.present:
            raise Refused("not-here", "join the lesson first")
        return who, room

    async def log(self, request: web.Request, after: int) -> bytes:
        """Framed messages from a number on: facts, and before them the states at the bell.

        The states come where ``after`` lies before the bell: what was there before is not told.
        """
        who, room = await self.admit(request)
        lesson = LessonId(request.match_info["lesson"])
        await self._registry.note(time.time(), who.name, "recording.catch-up", lesson)
        rang = (room.lesson.conduct.began_at or 0.0) * 1000
        lines = room.recent(who, after)
        if lines is not None and (not lines or lines[0][1] > rang):
            return b"".join(frames(lines))
        return await asyncio.to_thread(lambda: _since(self._entries(lesson), who, after))

    async def moment(self, request: web.Request, at: int) -> bytes:
        """As log(), but from a moment on (lesson ms): what was so then, and what came after."""
        who, room = await self.admit(request)
        lesson, now = LessonId(request.match_info["lesson"]), time.monotonic()
        for old in [one for one, (since, _) in self._moments.items() if now - since > MOMENT]:
            del self._moments[old]
        if (lesson, at) not in self._moments:
            folding = asyncio.to_thread(lambda: _folded(self._entries(lesson), at))
            self._moments[lesson, at] = now, asyncio.ensure_future(folding)
        then, later = await asyncio.shield(self._moments[lesson, at][1])
        lines = _lines(later, who, then.seq)
        states = wire.Welcome(who, 0, 0, then.seq, then.ms, 0, then.facing(who))
        last = later[-1].seq if later else then.seq
        newest = room.recent(who, last) or []
        return b"".join([frame(wire.encode(states)), *frames([*lines, *newest])])

    async def tracks(self, request: web.Request) -> bytes:
        """What is recorded from ``?from=`` (lesson ms) on, of one kind where ``?of=`` says so."""
        await self.admit(request)
        since, name = request.query.get("from", "0"), request.query.get("of", "")
        if not since.isdecimal():
            raise Refused("bad-number", "from= takes milliseconds of the lesson")
        found = await self._recorded(LessonId(request.match_info["lesson"]))
        tracks = [_trimmed(one, int(since)) for one in found if not name or one.track == name]
        return json.encode({"tracks": [track for track in tracks if track is not None]})

    async def _recorded(self, lesson: LessonId) -> list[TrackFile]:
        """The tracks of a lesson, read once for all who ask at the same time."""
        now = time.monotonic()
        for old in [one for one, (at, _) in self._tracks.items() if now - at > FRESH]:
            del self._tracks[old]
        if lesson not in self._tracks:
            reading = asyncio.ensure_future(asyncio.to_thread(self._shelf.tracks, lesson))
            self._tracks[lesson] = now, reading
        return await asyncio.shield(self._tracks[lesson][1])

    def _entries(self, lesson: LessonId) -> Iterator[Entry]:
        for record in self._shelf.read(lesson):
            yield from wire.entries(record)


def _folded(entries: Iterable[Entry], at: int) -> Moment:
    """The lesson as it was at a moment, never before the bell; and what has come since."""
    lesson, begun, later = new_lesson(), False, []
    for entry in entries:
        if begun and entry.ms > at:
            later.append(entry)
        else:
            lesson.apply([entry])
            begun = begun or isinstance(entry.fact, Began)
    return lesson, later


def _lines(entries: Iterable[Entry], viewer: Participant, after: int) -> list[Line]:
    return [
        (entry.seq, entry.ms, Raw(wire.encode(entry.fact)))
        for entry in entries
        if entry.seq > after and entry.audience().admits(viewer)
    ]


def _since(entries: Iterable[Entry], viewer: Participant, after: int) -> bytes:
    """The facts after a number; where the bell is among them, what was so then and those after."""
    then, later = _folded(entries, 0)
    told = []
    if then.seq > after:
        states = wire.Welcome(viewer, 0, 0, then.seq, then.ms, 0, then.facing(viewer))
        told.append(frame(wire.encode(states)))
    return b"".join([*told, *frames(_lines(later, viewer, after))])


def frames(lines: list[Line]) -> Iterator[bytes]:
    """Facts as framed Entries messages."""
    for n in range(0, len(lines), LINES):
        yield frame(wire.frame(lines[n : n + LINES]))


def _trimmed(track: TrackFile, since: int) -> TrackFile | None:
    """A track from the cluster on that holds this moment; None where it ends before."""
    if track.ends_ms <= since:
        return None
    first = max(0, bisect_left(track.clusters, (since + 1, 0)) - 1)
    return structs.replace(track, clusters=_sparse(track.clusters[first:]))


def _sparse(clusters: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The first, and the first of every five seconds: who plays on needs no more."""
    return [
        one
        for before, one in zip([(-APART, 0), *clusters], clusters, strict=False)
        if before[0] // APART < one[0] // APART or one is clusters[0]
    ]
