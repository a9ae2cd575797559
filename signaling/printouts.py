"""A lesson's board over HTTP: as PDF or InkML, and page by page as SVG or PNG."""

import time
from urllib.parse import quote

from aiohttp import web

from synclass.errors import Refused
from synclass.permissions import Scope
from synclass.ports import LessonCard, Press, Printout, Registry

from .api import find_lesson
from .login import Logins

TYPES = {
    "pdf": "application/pdf",
    "svg": "image/svg+xml",
    "png": "image/png",
    "inkml": "application/inkml+xml",
}


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

    async def board(self, request: web.Request) -> web.StreamResponse:
        kind = request.match_info["kind"]
        return await self._printed(request, Printout("pdf" if kind == "pdf" else "inkml"), "")

    async def page(self, request: web.Request) -> web.StreamResponse:
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
        account, reach = await self._logins.require(request, "board.print")
        card = await find_lesson(self._registry, request)
        if reach is Scope.OWN and card.teacher != account.name:
            raise Refused("not-yours", "this is another teacher's lesson")
        await self._registry.note(time.time(), account.name, "board.print", card.id)
        return card
