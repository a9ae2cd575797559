"""The door check over HTTP: a small measured line, what a room found, and who is expected."""

import os
import time
from typing import Literal

from aiohttp import web
from msgspec import Struct, structs

from synclass.errors import Malformed, Refused
from synclass.permissions import check
from synclass.ports import KeptCheck, Registry
from synclass.preclass.doorcheck import (
    Finding,
    Grade,
    NoteCheck,
    check_finding,
    grade_of,
    grades_of,
)
from synclass.tickets import Ticket
from synclass.words import SYSTEM, LessonId

from .api import body_of, json_of
from .bearer import Bearers
from .doors import door
from .limits import Limiter
from .login import too_many
from .room import Room
from .rooms import Rooms

LARGEST = 256 * 1024  # bytes of one measured way: half a second at 4 Mbit/s
A_SECOND, AT_ONCE = 64_000.0, 2_000_000.0  # bytes each room may have measured: a check takes 0.7 MB
CHUNK = 16 * 1024  # bytes


class CheckFound(Struct):
    """What a room found; as ``Finding``, which travels without its names."""

    camera: bool
    level: int
    heard: bool | None
    way: Literal["udp", "relay", "tcp", "none"]
    down: int
    up: int
    rtt: int


class Graded(Struct):
    grade: Grade
    grades: list[Grade]
    """Of camera, microphone, speaker, ports and line."""


class Came(Struct):
    bytes: int


class ExpectedRoom(Struct):
    """A room that the timetable expects, and how it was last found, before whichever lesson."""

    school: str
    name: str
    grade: Grade | None
    at: float
    """Wall time of that check; 0 where there was none."""


class ExpectedRooms(Struct):
    rooms: list[ExpectedRoom]


class DoorCheck:
    def __init__(self, *, rooms: Rooms, registry: Registry, bearers: Bearers) -> None:
        self._rooms, self._registry, self._bearers = rooms, registry, bearers
        self._noise = os.urandom(LARGEST)  # nothing on the way can make it smaller
        self._measured = Limiter(A_SECOND, AT_ONCE)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/api/lessons/{lesson}/line", self.down),
            web.post("/api/lessons/{lesson}/line", self.up),
            web.post("/api/lessons/{lesson}/doorcheck", self.note),
            web.get("/api/lessons/{lesson}/expected", self.expected),
        ]

    @door(
        ticket="door.check",
        gives="application/octet-stream",
        asks={"bytes": int},
        refuses=("slow-down", "not-now", "held-elsewhere"),
    )
    async def down(self, request: web.Request) -> web.Response:
        """So many bytes of noise, to be timed by whoever asks."""
        ticket, _ = await self._admit(request)
        try:
            size = int(request.query.get("bytes", "0"))
        except ValueError as error:
            raise Malformed("bytes= takes a number") from error
        if not 0 <= size <= LARGEST:
            raise Malformed(f"at most {LARGEST} bytes are measured at once")
        self._count(ticket, size)
        return web.Response(
            body=self._noise[:size],
            content_type="application/octet-stream",
            headers={"Cache-Control": "no-store"},
        )

    @door(
        ticket="door.check",
        takes="application/octet-stream",
        gives=Came,
        refuses=("slow-down", "too-large", "not-now", "held-elsewhere"),
    )
    async def up(self, request: web.Request) -> web.Response:
        """Bytes that are counted and thrown away."""
        ticket, _ = await self._admit(request)
        self._count(ticket, request.content_length or LARGEST)
        size = 0
        async for chunk in request.content.iter_chunked(CHUNK):
            size += len(chunk)
            if size > LARGEST:
                raise Refused("too-large", f"at most {LARGEST} bytes are measured at once")
        return json_of(Came(size))

    @door(
        ticket="door.check",
        takes=CheckFound,
        gives=Graded,
        refuses=("bad-check", "no-room", "slow-down", "not-now", "held-elsewhere"),
    )
    async def note(self, request: web.Request) -> web.Response:
        """What the room found: graded, kept beside its earlier checks, told to the lesson."""
        ticket, room = await self._admit(request)
        found = await body_of(request, CheckFound)
        self._count(ticket, CHUNK)
        finding = Finding(*structs.astuple(found))
        check_finding(finding)
        room.ask(SYSTEM, NoteCheck(ticket.holder.id, finding))
        grades = grades_of(finding)
        kept = KeptCheck(ticket.holder.name, ticket.lesson, time.time(), finding, grades)
        await self._registry.keep_check(kept)
        return json_of(Graded(grade_of(grades), grades))

    @door(ticket="ready.read", gives=ExpectedRooms)
    async def expected(self, request: web.Request) -> web.Response:
        """The rooms that the timetable expects in this lesson; none where it does not know it."""
        ticket = await self._bearers.ticket_of(request)
        room = await self._rooms.open(ticket.lesson)
        check(ticket.holder.role, "ready.read", room.lesson.conduct.stage)
        return json_of(ExpectedRooms(await self._expected(ticket.lesson)))

    async def _expected(self, lesson: LessonId) -> list[ExpectedRoom]:
        slot = await self._registry.slot_of(lesson)
        rooms = await self._registry.classrooms(ids=slot.listeners) if slot else []
        schools = await self._registry.schools(ids=sorted({room.school for room in rooms}))
        names = {school.id: school.name for school in schools}
        known = [(names.get(room.school, ""), room.name) for room in rooms]
        spelt = [name for one in known for name in spellings(*one)]
        latest = {kept.room: kept for kept in reversed(await self._registry.checks(spelt))}
        return [_expected_room(*one, latest) for one in known]

    async def _admit(self, request: web.Request) -> tuple[Ticket, Room]:
        ticket = await self._bearers.ticket_of(request)
        room = await self._rooms.open(ticket.lesson)
        check(ticket.holder.role, "door.check", room.lesson.conduct.stage)
        return ticket, room

    def _count(self, ticket: Ticket, size: int) -> None:
        key = f"{ticket.lesson} {ticket.holder.id}"
        too_many(self._measured.take(key, time.monotonic(), cost=float(size)))


def spellings(school: str, room: str) -> list[str]:
    """What a classroom may call itself at the door."""
    return list(dict.fromkeys((f"{school} {room}", f"{school}{room}", room, school)))


def _expected_room(school: str, name: str, latest: dict[str, KeptCheck]) -> ExpectedRoom:
    kept = next((latest[one] for one in spellings(school, name) if one in latest), None)
    grade, at = (grade_of(kept.grades), kept.at) if kept else (None, 0.0)
    return ExpectedRoom(school, name, grade, at)
