"""Homework without an account: a pupil's device hands in by a code, and reads by a receipt."""

import secrets
import time

from aiohttp import web
from msgspec import Struct, structs

from synclass.errors import Refused
from synclass.ports import Registry
from synclass.postclass.homework import Homework, Work, as_pupil_sees

from .album import Album
from .api import json_of
from .doors import door
from .handing import HANDING, HandIn, Hands, Receipt, sheet_of
from .intake import Intake
from .limits import Limiter
from .login import too_many

OPENS = ("no-homework", "slow-down")


class Slip(Struct):
    """What is set, as anybody with the code reads it: no pupil's name."""

    title: str
    subject: str
    teacher: str
    text: str
    due: float


class Back(Struct):
    """A pupil's own work, with what the teacher returned."""

    slip: Slip
    code: str
    work: Work


class Slips:
    def __init__(self, registry: Registry, intake: Intake, album: Album) -> None:
        self._registry = registry
        self._hands = Hands(registry, intake, album)
        self._missed = Limiter(rate=1 / 5, burst=10)
        self._handed = Limiter(rate=1 / 2, burst=40)  # a class behind one address

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/api/slips/{slip}", self.slip),
            web.post("/api/slips/{slip}/works", self.hand_in),
            web.post("/api/slips/{slip}/photos", self.hand_in_photo),
            web.get("/api/receipts/{receipt}", self.back),
            web.get("/api/receipts/{receipt}/picture", self.picture),
        ]

    @door(open="slip.read", gives=Slip, refuses=OPENS)
    async def slip(self, request: web.Request) -> web.Response:
        """What the homework of this code is."""
        return json_of(await self._told(await self._homework(request)))

    @door(open="slip.hand", takes=HandIn, gives=Receipt, refuses=(*OPENS, *HANDING))
    async def hand_in(self, request: web.Request) -> web.Response:
        """Typed or inked, under the name that is given; what another handed in stays."""
        homework = await self._homework(request, handing=True)
        return json_of(await self._hands.take(homework, await sheet_of(request, HandIn), by=""))

    @door(
        open="slip.hand",
        takes="application/octet-stream",
        gives="application/x-ndjson",
        asks={"pupil": str, "school": str, "receipt": str},
        refuses=(*OPENS, *HANDING, "busy", "broken-file"),
    )
    async def hand_in_photo(self, request: web.Request) -> web.StreamResponse:
        """A photograph, the name behind the question mark; the last line says ``receipt``."""
        homework = await self._homework(request, handing=True)
        asked = HandIn(
            request.query.get("pupil", ""),
            request.query.get("school", ""),
            receipt=request.query.get("receipt", ""),
        )
        return await self._hands.take_photo(request, homework, asked, by="")

    @door(open="slip.read", gives=Back, refuses=("no-work", "slow-down"))
    async def back(self, request: web.Request) -> web.Response:
        """One's own work; the teacher's ink and remark when they are returned."""
        work = await self._work(request)
        homework = await self._registry.homework(work.homework)
        assert homework is not None  # none is removed that has works
        shown = as_pupil_sees(structs.replace(work, by=""))
        return json_of(Back(await self._told(homework), homework.code, shown))

    @door(open="slip.read", gives="image/webp", refuses=("no-work", "no-picture", "slow-down"))
    async def picture(self, request: web.Request) -> web.Response:
        """The photograph of one's own work."""
        return await self._hands.picture(await self._work(request))

    async def _homework(self, request: web.Request, *, handing: bool = False) -> Homework:
        """Who knows a code is never held up but by handing in too often."""
        address, now = request.remote or "", time.monotonic()
        too_many(self._missed.wait(address, now))
        homework = await self._registry.homework_by_code(request.match_info["slip"])
        if homework is None:
            self._missed.take(address, now)
            raise Refused("no-homework", "there is no homework with this code")
        if handing:
            too_many(self._handed.take(address, now))
        return homework

    async def _work(self, request: web.Request) -> Work:
        address, now = request.remote or "", time.monotonic()
        too_many(self._missed.wait(address, now))
        receipt = request.match_info["receipt"]
        work = await self._registry.work_by_receipt(receipt)
        if work is None or not secrets.compare_digest(work.receipt, receipt):
            self._missed.take(address, now)
            raise Refused("no-work", "there is no work with this receipt")
        return work

    async def _told(self, homework: Homework) -> Slip:
        card = await self._registry.lesson(homework.lesson)
        teacher = await self._registry.account(card.teacher) if card else None
        title, subject = (card.title, card.subject) if card else ("", "")
        return Slip(title, subject, teacher.shown if teacher else "", homework.text, homework.due)
