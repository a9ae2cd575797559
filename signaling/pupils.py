"""Shows an admin all that is kept of a pupil, gives it out as one file, and erases it."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from functools import partial
from tempfile import TemporaryFile
from typing import BinaryIO
from urllib.parse import quote

from aiohttp import web
from msgspec import Struct, structs

from synclass.erasure import Eraser, Erasure
from synclass.errors import Refused
from synclass.ports import Account, Films, Forgetting, Registry, Shelf
from synclass.postclass.dossier import Dossier, Erased, Left
from synclass.school.people import Person

from .album import Album, clear
from .api import body_of, json_of
from .binder import Photos, bind
from .district import own_school
from .doors import door
from .dossiers import Dossiers
from .erasing import carry_out, held, still_live
from .login import Logins

PIECE = 1 << 18
STALLED = 60.0  # seconds in which somebody takes nothing
READING = ("not-there", "not-yours", "no-school")


class Sure(Struct):
    """Whom an admin means: they typed the name."""

    name: str
    version: int
    named: bool = False
    """Also what stands under the name alone, though another pupil of the school has it too."""


class Pupils:
    def __init__(
        self, registry: Registry, logins: Logins, *, shelf: Shelf, films: Films, eraser: Eraser
    ) -> None:
        self._registry, self._logins, self._shelf = registry, logins, shelf
        self._films, self._eraser = films, eraser
        self._dossiers = Dossiers(registry, shelf)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/api/pupils/{pupil}", self.read),
            web.get("/api/pupils/{pupil}/export.zip", self.take),
            web.post("/api/pupils/{pupil}/erasure", self.erase),
        ]

    @door(login="pupil.read", gives=Dossier, refuses=READING)
    async def read(self, request: web.Request) -> web.Response:
        """All that is kept of a pupil of one's own school; it is noted who looked."""
        account, person = await self._whom(request, "pupil.read")
        dossier = await self._dossiers.of(person)
        await self._registry.note(time.time(), account.name, "pupil.read", person.id)
        return json_of(dossier)

    @door(login="pupil.take", gives="application/zip", refuses=READING)
    async def take(self, request: web.Request) -> web.StreamResponse:
        """The same as one ZIP, with photographs, ink and voices: see docs/pupil-export.md."""
        account, person = await self._whom(request, "pupil.take")
        await self._registry.note(time.time(), account.name, "pupil.take", person.id)
        with TemporaryFile() as file:
            await write(self._registry, self._shelf, person, file)
            return await _send(request, file, f"{person.name}.zip")

    @door(
        login="pupil.erase",
        takes=Sure,
        gives=Erased,
        refuses=(*READING, "wrong-name", "changed-meanwhile", "held", "still-live"),
    )
    async def erase(self, request: web.Request) -> web.Response:
        """Nothing comes back; what is counted of the class stays right."""
        account, person = await self._whom(request, "pupil.erase")
        sure = await body_of(request, Sure)
        if sure.name != person.name:
            raise Refused("wrong-name", "this is not the name of the pupil")
        person = structs.replace(person, version=sure.version)
        dossier = await self._dossiers.of(person)
        ending = Ending(self._registry, self._eraser, by=account.name, named=sure.named)

        async def let_go(erasure: Erasure) -> None:
            self._films.cancel(erasure.lesson)

        own = await self._dossiers.own(person, dossier.school)
        return json_of(await ending.erase(dossier, own, let_go))

    async def _whom(self, request: web.Request, action: str) -> tuple[Account, Person]:
        account, reach = await self._logins.require(request, action)
        own = await own_school(self._registry, account, reach)
        person = await self._dossiers.pupil(request.match_info["pupil"])
        if own and own != person.school:
            raise Refused("not-yours", "this pupil belongs to another school")
        return account, person


class Ending:
    """Takes a pupil out of the registry, and destroys the keys of their own device's voice."""

    def __init__(self, registry: Registry, eraser: Eraser, *, by: str, named: bool) -> None:
        self._registry, self._eraser, self._by, self._named = registry, eraser, by, named

    async def erase(
        self, dossier: Dossier, own: list[str], let_go: Callable[[Erasure], Awaitable[None]]
    ) -> Erased:
        """All voices are ordered first: an order outlives a fall, and a second time is no harm.

        Raises Refused("held"), ("still-live"), ("changed-meanwhile"); then nothing is done.
        """
        await self._check(dossier)
        ordered, left = await self._order(dossier)
        person, named = dossier.person, self._named or dossier.namesakes < 1
        devices = [one.who for one in dossier.heard]
        forgetting = Forgetting(
            person=person,
            school=dossier.school,
            own=own,
            devices=devices,
            named=named,
            at=time.time(),
        )
        erased = await self._registry.erase_pupil(forgetting)
        await clear(self._registry, self._eraser)
        await self._registry.note(time.time(), self._by, "pupil.erase", person.id)
        held_back = [one for e in ordered if (one := await self._destroy(e, let_go))]
        gone = len(ordered) - len(held_back)
        return structs.replace(erased, voices=gone, left=[*left, *held_back])

    async def _destroy(
        self, erasure: Erasure, let_go: Callable[[Erasure], Awaitable[None]]
    ) -> Left | None:
        try:
            await carry_out(erasure, self._eraser, self._registry, partial(let_go, erasure))
        except Refused as error:  # held since we looked
            return Left(erasure.lesson, error.code)
        return None

    async def _check(self, dossier: Dossier) -> None:
        kept = {hold.lesson for hold in await self._registry.holds()}
        if kept & dossier.lessons:
            raise held()
        for one in dossier.heard:
            card = await self._registry.lesson(one.lesson)
            if card is not None and card.began_at and not card.ended_at:
                raise still_live()
        now = await self._registry.person(dossier.person.id)
        if now is None or now.version != dossier.person.version:
            raise Refused("changed-meanwhile", "somebody has changed it meanwhile: look again")

    async def _order(self, dossier: Dossier) -> tuple[list[Erasure], list[Left]]:
        ordered, left = [], []
        for one in dossier.heard:
            erasure = Erasure(one.lesson, one.who, self._by)
            if all(track.erased for track in one.tracks):
                continue
            try:
                await asyncio.to_thread(self._eraser.order, erasure)
                ordered.append(erasure)
            except Refused as error:  # recorded in the clear: with its lesson only
                left.append(Left(one.lesson, error.code))
        return ordered, left


async def write(registry: Registry, shelf: Shelf, person: Person, out: BinaryIO) -> None:
    """Everything of a pupil, as one ZIP; where one reads next is its beginning."""
    dossier = await Dossiers(registry, shelf).of(person)
    photos: Photos = {}
    album = Album(registry, shelf)
    for one in dossier.handed:
        path = await album.path(one.work)
        if path is not None:
            photos[one.work.id] = path
    await asyncio.to_thread(bind, dossier, photos, shelf, out)
    out.seek(0)


async def _send(request: web.Request, file: BinaryIO, name: str) -> web.StreamResponse:
    response = web.StreamResponse(
        headers={
            "Content-Type": "application/zip",
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
            "Cache-Control": "private, no-store",
        }
    )
    await response.prepare(request)
    while piece := await asyncio.to_thread(file.read, PIECE):
        async with asyncio.timeout(STALLED):
            await response.write(piece)
    return response
