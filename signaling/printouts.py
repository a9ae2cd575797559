"""A lesson's board over HTTP: as PDF or InkML, and page by page as SVG or PNG."""

import time
from urllib.parse import quote

from aiohttp import web

from synclass.errors import Refused
from synclass.ports import LessonCard, Press, Printout, Registry

from .doors import door
from .login import Logins

TYPES = {
    "pdf": "application/pdf",
    "svg": "image/svg+xml",
    "png": "image/png",
    "inkml": "application/inkml+xml",
}
PRINTED = ("no-recording", "busy", "too-slow")


class Printouts:
    def __init__(self, *, registry: Registry, press: Press, logins: Logins) -> None:
        self._registry = registry
        self._press = press
        self._logins = logins

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/api/lessons/{lesson}/board.{kind:pdf|inkml}", self.board),
            web.get("/api/lessons/{lesson}/board/{page:[0-9]{1,4}}.{kind:svg|png}", self.page),
        ]

    @door(login="board.print", gives=("application/pdf", "application/inkml+xml"), refuses=PRINTED)
    async def board(self, request: web.Request) -> web.StreamResponse:
        """The whole board of a lesson, as PDF or InkML."""
        kind = request.match_info["kind"]
        return await self._printed(request, Printout("pdf" if kind == "pdf" else "inkml"), "")

    @door(
        login="board.print",
        gives=("image/svg+xml", "image/png"),
        asks={"width": int},
        refuses=(*PRINTED, "no-page", "bad-size"),
    )
    async def page(self, request: web.Request) -> web.StreamResponse:
        """One page of the board, as SVG or PNG."""
        number, width = request.match_info["page"], request.query.get("width", "1920")
        if not (width.isdecimal() and len(width) <= 5):
            raise Refused("bad-size", "width= takes a number of pixels")
        kind = request.match_info["kind"]
        what = Printout("svg" if kind == "svg" else "png", int(number), int(width))
        return await self._printed(request, what, f" {number}")

    async def _printed(self, request: web.Request, what: Printout, part: str) -> web.StreamResponse:
        card = await self._owner(request)
        body = await self._press.print_out(card.id, what)
        name = quote(f"{card.title}{part}.{what.kind}", safe="")
        return web.Response(
            body=body,
            headers={
                "Content-Type": TYPES[what.kind],
                "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
                "Cache-Control": "private, no-store",
            },
        )

    async def _owner(self, request: web.Request) -> LessonCard:
        account, card = await self._logins.for_lesson(request, "board.print")
        await self._registry.note(time.time(), account.name, "board.print", card.id)
        return card
