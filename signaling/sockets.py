"""The socket of a lesson: who comes in, and a line on which nothing waits unseen."""

import asyncio
import socket
import sys
import time
from contextlib import suppress
from urllib.parse import urlsplit

from aiohttp import web

from synclass import wire
from synclass.errors import Refused, Unavailable
from synclass.tickets import Ticket
from synclass.words import LessonId, Participant

from .bearer import Bearers
from .casting import Casting
from .doors import door
from .room import Room
from .rooms import Rooms
from .session import Session
from .turn import Turn
from .watchman import Watchman

LINEAR, RTO_MAX_MS = 16, 44
"""TCP_THIN_LINEAR_TIMEOUTS and, since Linux 6.15, TCP_RTO_MAX_MS (linux/tcp.h)."""
LONGEST_WAIT = 1000  # milliseconds until what is lost is tried again: as little as Linux takes
SOCKET_BUFFER = 16 * 1024  # bytes waiting inside aiohttp or the kernel: more is only old ink


class Sockets:
    """Opens sessions."""

    def __init__(
        self, *, rooms: Rooms, casting: Casting, bearers: Bearers, watchman: Watchman, turn: Turn
    ) -> None:
        self._rooms = rooms
        self._casting = casting
        self._bearers = bearers
        self._watchman = watchman
        self._turn = turn

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/ws", self._socket)]

    @door(ticket="lesson.join", status=101, refuses=("origin",))
    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        """The socket of a lesson, a WebSocket: docs/protocol.md."""
        _check_origin(request)
        ws = web.WebSocketResponse(
            max_msg_size=wire.LONGEST_FRAME, compress=False, writer_limit=SOCKET_BUFFER
        )
        await ws.prepare(request)
        if line := request.transport:
            keep_short(line)
            session = Session(
                ws,
                line,
                enter=self._enter,
                invite=self._invite,
                ride=self._ride,
                relays=self._relays,
            )
            with self._watchman.over(session):
                await session.run()
        return ws

    def _relays(self, who: str) -> list[wire.IceServer]:
        return self._turn.servers(who, time.time())

    async def _enter(self, hello: wire.Hello) -> tuple[Room, Ticket]:
        ticket = await self._bearers.read(hello.ticket)
        return await self._rooms.open(ticket.lesson), ticket

    async def _invite(self, room: Room, who: Participant, sdp: str) -> str:
        lesson = self._lesson_of(room)
        if lesson is None:
            raise Unavailable("media-down", "this lesson is not live")
        return await self._casting.invite(lesson, who.id, sdp)

    def _ride(self, room: Room, who: Participant, on: bool, /) -> None:
        if lesson := self._lesson_of(room):
            self._casting.ride(lesson, who.id, on=on)

    def _lesson_of(self, room: Room) -> LessonId | None:
        found = (LessonId(name) for name, live in self._rooms.live.items() if live is room)
        return next(found, None)


def _check_origin(request: web.Request) -> None:
    """A page of another site may not open our socket; programs that send no Origin may."""
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        raise Refused("origin", "this page is not one of ours")


def keep_short(line: asyncio.Transport) -> None:
    """Let nothing wait unseen in buffers: a weak line must be felt by the writer at once.

    Nor let what is lost wait ever longer, up to two minutes: a line that fell and is mended would
    stay silent for as long as it was bad.  Where Linux is older, that is so where little is under
    way.
    """
    line.set_write_buffer_limits(high=SOCKET_BUFFER)
    sock = line.get_extra_info("socket")
    if hasattr(socket, "TCP_NOTSENT_LOWAT") and sock is not None:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, SOCKET_BUFFER)
    if sys.platform == "linux" and sock is not None:
        sock.setsockopt(socket.IPPROTO_TCP, LINEAR, 1)
        with suppress(OSError):
            sock.setsockopt(socket.IPPROTO_TCP, RTO_MAX_MS, LONGEST_WAIT)
