"""The recording over HTTP: the log as the viewer may see it, and the media by range."""

import asyncio
import time
from collections.abc import Iterator
from itertools import islice

from aiohttp import web
from msgspec import Raw, Struct, json

from synclass import wire
from synclass.conduct import Joined
from synclass.errors import Refused
from synclass.framing import frame
from synclass.lesson import Entry
from synclass.ports import Registry, Shelf, TrackFile
from synclass.postclass.nameless import nameless
from synclass.words import LessonId, Participant, ParticipantId, Role

from . import ranges
from .doors import door
from .latecomers import LINES, Latecomers
from .links import Links

FRAMES = 8  # of the log, made at a stretch: the first are on the line while the next are made
MISSED = ("slow-down", "held-elsewhere", "over", "not-here")  # to who is in the lesson, by a ticket


class Recorded(Struct):
    tracks: list[TrackFile]


class Replays:
    def __init__(
        self, *, registry: Registry, shelf: Shelf, links: Links, latecomers: Latecomers
    ) -> None:
        self._registry = registry
        self._shelf = shelf
        self._links = links
        self._latecomers = latecomers

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/api/lessons/{lesson}/log", self.log),
            web.get("/api/lessons/{lesson}/tracks", self.tracks),
            web.get("/api/lessons/{lesson}/link", self._links.make),
            web.get("/api/lessons/{lesson}/media/{name}", self.media),
        ]

    @door(
        login="recording.watch",
        ticket="recording.catch-up",
        gives="application/octet-stream",
        asks={"after": int, "as": str, "at": int},
        refuses=("bad-number", "no-room", *MISSED),
    )
    async def log(self, request: web.Request) -> web.StreamResponse:
        """Framed Entries messages, from ``?after=`` a number on; also while the lesson runs.

        With ``?as=`` a room's id it is what that room was told and nothing else.
        """
        after = request.query.get("after", "0")
        if not after.isdecimal():
            raise Refused("bad-number", "after= takes the number of a fact")
        if _by_ticket(request):
            return await self._missed(request, int(after))
        account, card = await self._links.watcher(request)
        if after == "0":
            await self._registry.note(time.time(), account.name, "recording.watch", card.id)
        shared = await self._links.by_sharing(account, card)
        role = Role.GUEST if shared else account.role
        viewer = Participant(ParticipantId(account.name), account.shown, role)
        if (room := request.query.get("as", "")) and not shared:
            viewer = await asyncio.to_thread(self._room, card.id, room)
        erased = await self._registry.forgotten(after=card.began_at)
        log = self._log(nameless(self._entries(card.id), erased), viewer, int(after))
        response = web.StreamResponse(headers={"Content-Type": "application/octet-stream"})
        response.enable_compression()
        await response.prepare(request)
        while batch := await asyncio.to_thread(_some, log):
            await response.write(batch)
        return response

    async def _missed(self, request: web.Request, after: int) -> web.StreamResponse:
        """For who is in the lesson: after a number, or from a moment ``?at=`` (lesson ms) on."""
        if (at := request.query.get("at")) is None:
            return _zipped(await self._latecomers.log(request, after))
        if not at.isdecimal():
            raise Refused("bad-number", "at= takes milliseconds of the lesson")
        return _zipped(await self._latecomers.moment(request, int(at)))

    @door(
        login="recording.watch",
        ticket="recording.catch-up",
        gives=Recorded,
        asks={"from": int, "of": str},
        refuses=("bad-number", *MISSED),
    )
    async def tracks(self, request: web.Request) -> web.StreamResponse:
        """What was recorded so far."""
        if _by_ticket(request):
            return _zipped(await self._latecomers.tracks(request), "application/json")
        _, card = await self._links.watcher(request)
        await asyncio.to_thread(self._shelf.bring, card.id)
        tracks = await asyncio.to_thread(self._shelf.tracks, card.id)
        return web.Response(body=json.encode(Recorded(tracks)), content_type="application/json")

    @door(
        link="recording.watch",
        ranges=True,
        ticket="recording.catch-up",
        gives=("video/webm", "audio/webm", "video/mp4"),
        asks={"link": str},
        refuses=("no-recording", *MISSED),
    )
    async def media(self, request: web.Request) -> web.StreamResponse:
        """Ranges of a track's file, by a link; each asks anew whether the right is still there."""
        if _by_ticket(request):
            await self._latecomers.admit(request)
        else:
            await self._links.follow(request)
        lesson = LessonId(request.match_info["lesson"])
        name = request.match_info["name"]
        path = self._shelf.media(lesson, name)
        if path is None:
            raise Refused("no-recording", "there is no such track")
        if (file := await asyncio.to_thread(self._shelf.unlocked, lesson, name)) is not None:
            return await ranges.send(request, file, name)
        return web.FileResponse(path, headers={"Cache-Control": "private, no-cache"})

    def _room(self, lesson: LessonId, room: str) -> Participant:
        """A classroom that was there, as it came in; raises Refused("no-room")."""
        for entry in self._entries(lesson):
            match entry.fact:
                case Joined(who) if who.id == room and who.role is Role.CLASSROOM:
                    return who
        raise Refused("no-room", "no classroom of this id was in the lesson")

    def _log(self, entries: Iterator[Entry], viewer: Participant, after: int) -> Iterator[bytes]:
        seen = (e for e in entries if e.seq > after and e.audience().admits(viewer))
        while lines := [(e.seq, e.ms, Raw(wire.encode(e.fact))) for e in islice(seen, LINES)]:
            yield frame(wire.frame(lines))

    def _entries(self, lesson: LessonId) -> Iterator[Entry]:
        for record in self._shelf.read(lesson):
            yield from wire.entries(record)


def _by_ticket(request: web.Request) -> bool:
    """Whether it comes from somebody in the lesson rather than by an account."""
    return "Authorization" in request.headers


def _some(frames: Iterator[bytes]) -> bytes:
    return b"".join(islice(frames, FRAMES))


def _zipped(body: bytes, kind: str = "application/octet-stream") -> web.Response:
    response = web.Response(body=body, content_type=kind)
    response.enable_compression()
    return response
