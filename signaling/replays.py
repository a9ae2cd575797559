"""The recording over HTTP: the log as the viewer may see it, and the media by range."""

import asyncio
import time
from collections.abc import Iterator

from aiohttp import web
from msgspec import Raw, json

from synclass import wire
from synclass.channel import Fact
from synclass.errors import Refused
from synclass.framing import frame
from synclass.lesson import Entry
from synclass.permissions import Scope
from synclass.ports import Account, LessonCard, Registry, Shelf
from synclass.words import LessonId, Participant, ParticipantId

from .api import find_lesson
from .login import Logins

LINES = 256  # facts in a frame of the log


class Replays:
    def __init__(self, *, registry: Registry, shelf: Shelf, logins: Logins) -> None:
        self._registry = registry
        self._shelf = shelf
        self._logins = logins

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/api/lessons/{lesson}/log", self.log),
            web.get("/api/lessons/{lesson}/tracks", self.tracks),
            web.get("/api/lessons/{lesson}/media/{name}", self.media),
        ]

    async def log(self, request: web.Request) -> web.StreamResponse:
        """Framed Entries messages, from ``?after=`` a number on; also while the lesson runs."""
        account, card = await self._watcher(request)
        after = request.query.get("after", "0")
        if not after.isdecimal():
            raise Refused("bad-number", "after= takes the number of a fact")
        if after == "0":
            await self._registry.note(time.time(), account.name, "recording.watch", card.id)
        viewer = Participant(ParticipantId(account.name), account.shown, account.role)
        body = await asyncio.to_thread(self._log, card.id, viewer, int(after))
        response = web.Response(body=body, content_type="application/octet-stream")
        response.enable_compression()
        return response

    async def tracks(self, request: web.Request) -> web.StreamResponse:
        _, card = await self._watcher(request)
        tracks = await asyncio.to_thread(self._shelf.tracks, card.id)
        data = json.encode({"tracks": tracks})
        return web.Response(body=data, content_type="application/json")

    async def media(self, request: web.Request) -> web.StreamResponse:
        _, card = await self._watcher(request)
        path = self._shelf.media(card.id, request.match_info["name"])
        if path is None:
            raise Refused("no-recording", "there is no such track")
        return web.FileResponse(path, headers={"Cache-Control": "private, no-cache"})

    async def _watcher(self, request: web.Request) -> tuple[Account, LessonCard]:
        account, reach = await self._logins.require(request, "recording.watch")
        card = await find_lesson(self._registry, request)
        if reach is Scope.OWN and card.teacher != account.name:
            raise Refused("not-yours", "this is another teacher's lesson")
        return account, card

    def _log(self, lesson: LessonId, viewer: Participant, after: int) -> bytes:
        lines: list[tuple[int, int, Raw]] = []
        frames = []
        for entry in self._entries(lesson):
            if entry.seq > after and _admitted(entry, viewer):
                lines.append((entry.seq, entry.ms, Raw(wire.encode(entry.fact))))
            if len(lines) == LINES:
                frames.append(frame(wire.frame(lines)))
                lines = []
        if lines:
            frames.append(frame(wire.frame(lines)))
        return b"".join(frames)

    def _entries(self, lesson: LessonId) -> Iterator[Entry]:
        for record in self._shelf.read(lesson):
            yield from wire.entries(record)


def _admitted(entry: Entry, viewer: Participant) -> bool:
    return not isinstance(entry.fact, Fact) or entry.fact.audience().admits(viewer)
