"""The signaling process: one HTTP server with the socket, the API, the recordings and the pages."""

import asyncio
import socket
import sys
import time
from contextlib import suppress
from pathlib import Path
from ssl import SSLContext
from urllib.parse import urlsplit

import structlog
from aiohttp import web
from msgspec import Struct

from synclass import wire
from synclass.erasure import Eraser
from synclass.errors import Refused, Unavailable
from synclass.ports import Directory, Films, Porter, Press, Registry, Shelf
from synclass.tickets import Ticket
from synclass.words import LessonId, Participant

from .accounts import Accounts
from .api import LONGEST_BODY, Api, json_of, plain_errors
from .arrivals import Arrivals
from .bearer import Bearers
from .bookmarks import Marking
from .casting import Casting
from .district import District
from .doors import door, doors
from .erasing import Erasing
from .films import FilmDoor
from .guests import Guests
from .latecomers import Latecomers
from .library import Library
from .links import Links
from .login import Logins
from .opener import Opener
from .printouts import Printouts
from .proxy import believe
from .questions import Pinboard
from .reference import Reference
from .replays import Replays
from .room import Room
from .rooms import Rooms
from .session import Session
from .sheets import Sheets
from .storeroom import Storeroom
from .takeaway import Takeaway
from .timetables import Timetables
from .turn import Turn
from .watchman import Watchman
from .whip import Whip

log = structlog.get_logger()

STATIC = Path(__file__).parent / "static"
LINEAR, RTO_MAX_MS = 16, 44
"""TCP_THIN_LINEAR_TIMEOUTS and, since Linux 6.15, TCP_RTO_MAX_MS (linux/tcp.h)."""
LONGEST_WAIT = 1000  # milliseconds until what is lost is tried again: as little as Linux takes
SOCKET_BUFFER = 16 * 1024  # bytes waiting inside aiohttp or the kernel: more is only old ink
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(self), display-capture=(self)",
}


class Settings(Struct, frozen=True):
    host: str
    port: int
    node: str
    key: bytes
    """Signs tickets and logins; at least 32 bytes."""
    workers: list[str]
    """The Unix sockets of the media workers."""
    turn_urls: list[str] = []
    turn_secret: str = ""
    behind_proxy: bool = False
    """Whether X-Forwarded-For and -Proto are believed."""
    static: Path = STATIC


class Health(Struct):
    media: list[bool]
    """Whether each media worker is there."""
    lessons: int
    """Live here."""


class App:
    """Joins the parts of the signaling process."""

    def __init__(
        self,
        settings: Settings,
        *,
        shelf: Shelf,
        registry: Registry,
        directory: Directory,
        press: Press,
        porter: Porter,
        films: Films,
        eraser: Eraser,
    ) -> None:
        self._settings = settings
        self._casting = Casting(settings.workers)
        self.rooms = Rooms(
            node=settings.node,
            shelf=shelf,
            registry=registry,
            directory=directory,
            casting=self._casting,
        )
        self._registry, self._logins = registry, (logins := Logins(registry, settings.key))
        self._api = Api(registry=registry, rooms=self.rooms, logins=logins, key=settings.key)
        self._turn = Turn(settings.turn_urls, settings.turn_secret)
        self._bearers = Bearers(registry=registry, logins=logins, key=settings.key)
        self._watchman = Watchman(rooms=self.rooms, accounts=registry, bearers=self._bearers)
        guests = Guests(self._casting, self._watchman)
        self._whip = Whip(self.rooms, guests, self._turn, self._bearers)
        latecomers = Latecomers(
            rooms=self.rooms, shelf=shelf, registry=registry, bearers=self._bearers
        )
        self.storeroom = Storeroom(registry=registry, shelf=shelf, logins=logins)
        links = Links(registry=registry, logins=logins, key=settings.key)
        self._replays = Replays(registry=registry, shelf=shelf, links=links, latecomers=latecomers)
        self._films = films
        self._film_door = FilmDoor(registry=registry, films=films, logins=logins)
        self.erasing = Erasing(registry, logins, rooms=self.rooms, films=films, eraser=eraser)
        self._pinboard = Pinboard(rooms=self.rooms, links=links)
        self._printouts = Printouts(registry=registry, press=press, logins=logins)
        self._takeaway = Takeaway(registry=registry, porter=porter, logins=logins)
        self._arrivals = Arrivals(registry=registry, porter=porter, logins=logins, rooms=self.rooms)
        self.library = Library(rooms=self.rooms, shelf=shelf, logins=logins, bearers=self._bearers)

    def http(self) -> web.Application:
        """The routes, for a server of ours or of a test."""
        before = [believe] if self._settings.behind_proxy else []
        app = web.Application(middlewares=[*before, plain_errors], client_max_size=LONGEST_BODY)
        app.add_routes([*self._api.routes(), *self._replays.routes(), *self._whip.routes()])
        app.add_routes([*self.library.routes(), *self._printouts.routes()])
        app.add_routes(self._district())
        app.add_routes(Reference().routes())
        app.add_routes([*self._takeaway.routes(), *self._arrivals.routes()])
        app.add_routes([*self._pinboard.routes(), *Marking(self.rooms, self._logins).routes()])
        app.add_routes(self.storeroom.routes())
        app.add_routes([*self._film_door.routes(), *self.erasing.routes()])
        app.add_routes([web.get("/ws", self._socket), web.get("/healthz", self._health)])
        assets = self._settings.static / "assets"
        if assets.is_dir():
            app.router.add_static("/assets", assets)
        app.router.add_get("/{page:(?!api/).*}", self._page)
        list(doors(app.router.routes()))  # one that has no right of its own is not served
        app.on_response_prepare.append(_harden)
        app.on_shutdown.append(self.library.intake.close)
        return app

    def _district(self) -> list[web.RouteDef]:
        """The doors of those who look after schools: they need nothing but the registry."""
        asks = self._registry, self._logins
        accounts, district = Accounts(*asks), District(*asks)
        timetables, sheets = Timetables(*asks), Sheets(*asks)
        parts = (accounts, district, timetables, sheets)
        return [route for part in parts for route in part.routes()]

    async def run(self) -> None:
        """Look after rooms and workers until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._casting.run())
            tasks.create_task(self.storeroom.run())
            tasks.create_task(Opener(self._registry).run())
            tasks.create_task(self._watchman.run())
            tasks.create_task(self._films.run())
            tasks.create_task(self.erasing.run())
            await self.rooms.resume()
            tasks.create_task(self.rooms.run())

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
        return await self.rooms.open(ticket.lesson), ticket

    async def _invite(self, room: Room, who: Participant, sdp: str) -> str:
        lesson = self._lesson_of(room)
        if lesson is None:
            raise Unavailable("media-down", "this lesson is not live")
        return await self._casting.invite(lesson, who.id, sdp)

    def _ride(self, room: Room, who: Participant, on: bool, /) -> None:
        if lesson := self._lesson_of(room):
            self._casting.ride(lesson, who.id, on=on)

    def _lesson_of(self, room: Room) -> LessonId | None:
        found = (LessonId(name) for name, live in self.rooms.live.items() if live is room)
        return next(found, None)

    @door(open="health.read", gives=Health)
    async def _health(self, request: web.Request) -> web.Response:
        """Whether the processes are there."""
        workers = [worker.up for worker in self._casting.workers]
        return json_of(Health(workers, len(self.rooms.live)))

    @door(open="client.load", ranges=True, gives="text/html")
    async def _page(self, request: web.Request) -> web.StreamResponse:
        """Every page is the same file; what it shows is the client's business."""
        index = self._settings.static / "index.html"
        if not index.exists():
            raise Unavailable("no-client", "the web client is not built: run `make run`")
        return web.FileResponse(index, headers={"Cache-Control": "no-cache"})


async def serve(app: App, settings: Settings, ssl: SSLContext | None) -> None:
    """Listen until cancelled.  Raises Unavailable("port-in-use")."""
    runner = web.AppRunner(app.http(), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        site = web.TCPSite(runner, settings.host, settings.port, ssl_context=ssl)
        await _listen(site, settings)
        log.info("listening", host=settings.host, port=settings.port)
        await app.run()
    finally:
        await app.rooms.close()
        await runner.cleanup()


async def _listen(site: web.TCPSite, settings: Settings) -> None:
    try:
        await site.start()
    except OSError as error:
        where = f"{settings.host}:{settings.port}"
        raise Unavailable("port-in-use", f"cannot listen on {where}: {error.strerror}") from error


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


async def _harden(request: web.Request, response: web.StreamResponse) -> None:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.path.startswith("/assets/"):
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
