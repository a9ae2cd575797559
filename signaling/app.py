"""The signaling process: one HTTP server with the socket, the API, the recordings and the pages."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from ssl import SSLContext
from typing import Protocol

import structlog
from aiohttp import web
from msgspec import Struct

from synclass.erasure import Eraser
from synclass.errors import Unavailable
from synclass.ports import Directory, Films, Offsite, Porter, Press, Registry, Shelf
from synclass.webhooks import networks

from . import album
from .accounts import Accounts
from .alliances import AlliancePages
from .api import LONGEST_BODY, Api, json_of, plain_errors
from .arrivals import Arrivals
from .bearer import Bearers
from .bookmarks import Marking
from .calendars import Calendars
from .carrier import Carrier
from .casting import Casting
from .colleagues import ColleagueFinder
from .commons import Commons
from .compliance import Compliance
from .consents import Consenting
from .contests import ContestPages
from .coprep import CoPreparation
from .courses import Courses
from .devices import Devices
from .district import District
from .doorcheck import DoorCheck
from .doors import door, doors
from .erasing import Erasing
from .evaluations import Evaluations
from .exchanges import Exchanges
from .films import FilmDoor
from .forks import Forks
from .groupings import GroupingPages
from .guests import Guests
from .holding import Holding
from .homework import Homeworks
from .invitations import Invitations
from .latecomers import Latecomers
from .library import Library
from .links import Links
from .livemap import LiveMap
from .login import Logins
from .months import Months
from .oidc import OidcLogin
from .opener import Opener
from .openlessons import OpenLessons
from .patrol import Patrol
from .postman import Postman
from .printouts import Printouts
from .provider import Oidc, Provider
from .proxy import believe
from .pupils import Pupils
from .questions import Pinboard
from .quotas import QuotaPages
from .reader import Reader
from .reference import Reference
from .replays import Replays
from .reports import Reports
from .resources import Resources
from .retention import Retention
from .rooms import Rooms
from .rosters import Rosters
from .scales import Scales
from .sheets import Sheets
from .slips import Slips
from .sockets import Sockets
from .storeroom import Storeroom
from .studios import StudioPages
from .takeaway import Takeaway
from .timetables import Timetables
from .tokens import Tokens
from .turn import Turn
from .vault import Vault
from .watchman import Watchman
from .webhooks import Webhooks
from .whip import Whip

log = structlog.get_logger()

STATIC = Path(__file__).parent / "static"
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
    seal: bytes
    """Signs school years, as it does lessons; 32 bytes."""
    workers: list[str]
    """The Unix sockets of the media workers."""
    turn_urls: list[str] = []
    turn_secret: str = ""
    behind_proxy: bool = False
    """Whether X-Forwarded-For and -Proto are believed."""
    webhooks_to: list[str] = []
    """Private networks that webhooks may go to."""
    oidc: Oidc | None = None
    """Another login, if there is one."""
    static: Path = STATIC


class Health(Struct):
    media: list[bool]
    """Whether each media worker is there."""
    lessons: int
    """Live here."""


class Part(Protocol):
    """Some doors of the process."""

    def routes(self) -> list[web.RouteDef]: ...


class Outside(Struct, frozen=True, kw_only=True):
    """What the process has of the world."""

    shelf: Shelf
    registry: Registry
    directory: Directory
    press: Press
    porter: Porter
    films: Films
    eraser: Eraser
    offsite: Offsite | None = None
    """Where ended lessons go, if anywhere."""


class App:
    """Joins the parts of the signaling process."""

    def __init__(self, settings: Settings, outside: Outside) -> None:
        self._settings, self._outside = settings, outside
        shelf, registry, key = outside.shelf, outside.registry, settings.key
        self._casting = Casting(settings.workers)
        self.rooms = Rooms(
            node=settings.node,
            shelf=shelf,
            registry=registry,
            directory=outside.directory,
            casting=self._casting,
        )
        self._turn = Turn(settings.turn_urls, settings.turn_secret)
        self._logins = logins = Logins(registry, key)
        self._links = Links(registry=registry, logins=logins, key=key)
        self._bearers = Bearers(registry=registry, logins=logins, key=key)
        self._watchman = Watchman(rooms=self.rooms, accounts=registry, bearers=self._bearers)
        self.guests = Guests(self._casting, self._watchman)
        self.storeroom = Storeroom(
            registry=registry, shelf=shelf, films=outside.films, logins=logins
        )
        self.scales = Scales(registry=registry, shelf=shelf, rooms=self.rooms)
        self.library = Library(
            rooms=self.rooms, shelf=shelf, logins=logins, bearers=self._bearers, scales=self.scales
        )
        self.erasing = Erasing(
            registry, logins, rooms=self.rooms, films=outside.films, eraser=outside.eraser
        )
        self.album = album.Album(registry, shelf)
        self.consenting = Consenting(registry, logins, self.rooms)
        self.postman = Postman(registry, shelf, Vault(key), allowed=networks(settings.webhooks_to))
        self.retention = Retention(registry, logins, self.erasing)

    def http(self) -> web.Application:
        """The routes, for a server of ours or of a test."""
        before = [believe] if self._settings.behind_proxy else []
        app = web.Application(middlewares=[*before, plain_errors], client_max_size=LONGEST_BODY)
        for part in (*self._of_lessons(), *self._of_recordings(), *self._of_schools()):
            app.add_routes(part.routes())
        app.add_routes([web.get("/healthz", self._health)])
        assets = self._settings.static / "assets"
        if assets.is_dir():
            app.router.add_static("/assets", assets)
        app.router.add_get("/{page:(?!api/).*}", self._page)
        list(doors(app.router.routes()))  # one that has no right of its own is not served
        app.on_response_prepare.append(_harden)
        app.on_shutdown.append(self.library.intake.close)
        return app

    def _of_lessons(self) -> Iterator[Part]:
        """The doors of lessons that go on."""
        logins, registry = self._logins, self._outside.registry
        yield Api(registry=registry, rooms=self.rooms, logins=logins, key=self._settings.key)
        yield Sockets(
            rooms=self.rooms,
            casting=self._casting,
            bearers=self._bearers,
            watchman=self._watchman,
            turn=self._turn,
        )
        yield Whip(self.rooms, self.guests, self._turn, self._bearers)
        yield self.library
        yield DoorCheck(rooms=self.rooms, registry=registry, bearers=self._bearers)
        yield Pinboard(rooms=self.rooms, links=self._links)
        yield Marking(self.rooms, logins)
        yield Rosters(registry, logins, self.rooms)
        yield Patrol(registry, logins, self.rooms)
        yield LiveMap(registry, logins, self.rooms)
        yield QuotaPages(registry, logins, self.rooms)

    def _of_recordings(self) -> Iterator[Part]:
        """The doors of what a lesson leaves."""
        outside, logins = self._outside, self._logins
        registry, shelf, porter = outside.registry, outside.shelf, outside.porter
        late = Latecomers(rooms=self.rooms, shelf=shelf, registry=registry, bearers=self._bearers)
        yield Replays(registry=registry, shelf=shelf, links=self._links, latecomers=late)
        yield FilmDoor(registry=registry, shelf=shelf, films=outside.films, logins=logins)
        yield Printouts(registry=registry, press=outside.press, logins=logins)
        yield Takeaway(registry=registry, shelf=shelf, porter=porter, logins=logins)
        yield Arrivals(
            registry=registry,
            porter=porter,
            logins=logins,
            rooms=self.rooms,
            scales=self.scales,
        )
        yield self.storeroom
        yield self.erasing
        yield Holding(registry, logins)
        yield self.retention
        yield self.consenting
        yield Pupils(registry, logins, shelf=shelf, films=outside.films, eraser=outside.eraser)

    def _of_schools(self) -> Iterator[Part]:
        """The doors of those who look after schools: they need nothing but the registry."""
        asks = self._outside.registry, self._logins
        yield Accounts(*asks)
        yield Invitations(*asks)
        yield Compliance(*asks, self._settings.seal)
        provider = Provider(self._settings.oidc) if self._settings.oidc else None
        yield OidcLogin(*asks, provider, self._settings.key)
        yield District(*asks)
        yield Devices(*asks, key=self._settings.key)
        yield Tokens(*asks)
        yield Webhooks(*asks, self.postman.allowed, self.postman.vault)
        yield Calendars(*asks)
        yield Timetables(*asks)
        yield Courses(*asks)
        yield GroupingPages(*asks)
        yield Months(*asks)
        yield AlliancePages(*asks)
        yield Commons(*asks)
        yield Exchanges(*asks)
        yield StudioPages(*asks)
        yield OpenLessons(*asks, self._settings.key)
        yield ContestPages(*asks)
        yield ColleagueFinder(*asks)
        yield Sheets(*asks)
        yield Homeworks(*asks, self.library.intake, self.album)
        yield Evaluations(*asks, self.rooms)
        yield Reports(self._outside.registry, self._outside.shelf, self._logins)
        yield self._library_of_lessons()
        yield Slips(self._outside.registry, self.library.intake, self.album)
        yield CoPreparation(*asks)
        yield Reference()

    def _library_of_lessons(self) -> Resources:
        registry, shelf = self._outside.registry, self._outside.shelf
        forks = Forks(
            registry=registry,
            shelf=shelf,
            rooms=self.rooms,
            press=self._outside.press,
            library=self.library,
        )
        return Resources(registry, shelf, self._logins, forks)

    async def run(self) -> None:
        """Look after rooms and workers until cancelled."""
        outside = self._outside
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._casting.run())
            tasks.create_task(self.storeroom.run())
            tasks.create_task(self.scales.run())
            tasks.create_task(Opener(outside.registry).run())
            tasks.create_task(self._watchman.run())
            tasks.create_task(outside.films.run())
            tasks.create_task(self.erasing.run())
            if offsite := outside.offsite:
                tasks.create_task(Carrier(offsite, outside.shelf).run())
            tasks.create_task(album.run(self.album, outside.registry, outside.eraser))
            tasks.create_task(self.retention.run())
            tasks.create_task(self.consenting.run())
            tasks.create_task(self.postman.run())
            tasks.create_task(Reader(outside.registry, outside.shelf).run())
            await self.rooms.resume()
            tasks.create_task(self.rooms.run())

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


async def _harden(request: web.Request, response: web.StreamResponse) -> None:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.path.startswith("/assets/"):
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
