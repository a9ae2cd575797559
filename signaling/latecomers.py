"""Who is behind: what of the lesson it is in a classroom may fetch, while the lesson runs."""

import asyncio
import time
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from aiohttp import web
from msgspec import Raw, json, structs

from synclass import wire
from synclass.channel import Fact
from synclass.conduct import Began
from synclass.errors import Refused
from synclass.framing import frame
from synclass.lesson import Entry
from synclass.permissions import check
from synclass.ports import Registry, Shelf, TrackFile
from synclass.toolbox import new_lesson
from synclass.words import LessonId, Participant

from .bearer import ticket_of
from .limits import Limiter
from .login import too_many
from .room import Room
from .rooms import Rooms

LINES = 256  # facts in a frame of the log
FINISH = 900.0  # seconds after the bell in which what was missed may be watched to its end
A_SECOND, AT_ONCE = 8.0, 60.0  # requests: a page that is behind makes two or three a second
FRESH = 0.4  # seconds for which a list of tracks is good: after an outage all rooms ask for it

Line = tuple[int, int, Raw]


class Latecomers:
    """Answers classrooms, by their door ticket; all they ask raises Refused."""

    def __init__(self, *, rooms: Rooms, shelf: Shelf, registry: Registry, key: bytes) -> None:
        self._rooms = rooms
        self._shelf = shelf
        self._registry = registry
        self._key = key
        self._asked = Limiter(A_SECOND, AT_ONCE)
        self._tracks: dict[LessonId, tuple[float, asyncio.Future[list[TrackFile]]]] = {}

    async def admit(self, request: web.Request) -> tuple[Participant, Room]:
        """Somebody in this lesson who may watch what they missed; raises Refused."""
        ticket = ticket_of(request, self._key)
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


def _since(entries: Iterable[Entry], viewer: Participant, after: int) -> bytes:
    """The facts after a number; where the bell is among them, what was so then and those after."""
    lesson, begun, told = new_lesson(), False, []
    lines: list[Line] = []
    for entry in entries:
        if not begun:
            lesson.apply([entry])
            begun = isinstance(entry.fact, Began)
            if begun and entry.seq > after:
                states = wire.Welcome(viewer, 0, 0, entry.seq, entry.ms, 0, lesson.facing(viewer))
                told.append(frame(wire.encode(states)))
        elif entry.seq > after and admitted(entry, viewer):
            lines.append((entry.seq, entry.ms, Raw(wire.encode(entry.fact))))
    return b"".join([*told, *frames(lines)])


def frames(lines: list[Line]) -> Iterator[bytes]:
    """Facts as framed Entries messages."""
    for n in range(0, len(lines), LINES):
        yield frame(wire.frame(lines[n : n + LINES]))


def admitted(entry: Entry, viewer: Participant) -> bool:
    """Whether this viewer may see what an entry says; what is not known is for all."""
    return not isinstance(entry.fact, Fact) or entry.fact.audience().admits(viewer)


def _trimmed(track: TrackFile, since: int) -> TrackFile | None:
    """A track from the cluster on that holds this moment; None where it ends before."""
    if track.ends_ms <= since:
        return None
    first = max(0, bisect_left(track.clusters, (since + 1, 0)) - 1)
    return structs.replace(track, clusters=track.clusters[first:])
