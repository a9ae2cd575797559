"""A lesson as a film, over HTTP: ordered, looked after, taken, and cancelled."""

import asyncio
import time
from urllib.parse import quote

import msgspec
from aiohttp import web

from synclass.errors import Refused
from synclass.ports import Films, FilmState, Language, LessonCard, Registry, Shelf

from .doors import door
from .login import Logins


class FilmDoor:
    def __init__(self, *, registry: Registry, shelf: Shelf, films: Films, logins: Logins) -> None:
        self._shelf = shelf
        self._registry = registry
        self._films = films
        self._logins = logins

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/api/lessons/{lesson}/film", self.state),
            web.post("/api/lessons/{lesson}/film", self.order),
            web.delete("/api/lessons/{lesson}/film", self.cancel),
            web.get("/api/lessons/{lesson}/film.mp4", self.take),
            web.get("/api/lessons/{lesson}/film.vtt", self.captions),
        ]

    @door(login="film.take", gives=FilmState)
    async def state(self, request: web.Request) -> web.Response:
        """How it stands with the film of a lesson."""
        card = await self._card(request, "film.take")
        return _told(self._films.state(card.id))

    @door(login="film.make", gives=FilmState, refuses=("not-ended", "busy"))
    async def order(self, request: web.Request) -> web.Response:
        """Have a film made of an ended lesson; twice is once."""
        card = await self._card(request, "film.make", note="film.make")
        if not card.ended_at:
            raise Refused("not-ended", "a film is made of a lesson that has ended")
        await asyncio.to_thread(self._shelf.bring, card.id)
        return _told(self._films.order(card.id, language_of(request)))

    @door(login="film.make", gives=FilmState)
    async def cancel(self, request: web.Request) -> web.Response:
        """Stop making a film, and throw away what there is of it."""
        card = await self._card(request, "film.make", note="film.cancel")
        return _told(self._films.cancel(card.id))

    @door(login="film.take", gives="video/mp4", ranges=True, refuses=("no-film",))
    async def take(self, request: web.Request) -> web.StreamResponse:
        """The film of a lesson."""
        card = await self._card(request, "film.take", note="film.take")
        path = self._films.file(card.id, "film.mp4")
        if path is None:
            raise Refused("no-film", "no film was made of this lesson")
        return web.FileResponse(path, headers=_headers(f"{card.title}.mp4", "video/mp4"))

    @door(login="film.take", gives="text/vtt", refuses=("no-recording", "not-ended"))
    async def captions(self, request: web.Request) -> web.StreamResponse:
        """Chat and questions as WebVTT, as they are now."""
        card = await self._card(request, "film.take", note="film.take")
        text = await asyncio.to_thread(self._films.captions, card.id)
        headers = _headers(f"{card.title}.vtt", "text/vtt; charset=utf-8")
        return web.Response(body=text.encode(), headers=headers)

    async def _card(self, request: web.Request, action: str, *, note: str = "") -> LessonCard:
        account, card = await self._logins.for_lesson(request, action)
        if note and "Range" not in request.headers:
            await self._registry.note(time.time(), account.name, note, card.id)
        return card


def language_of(request: web.Request) -> Language:
    """Of the chapters' titles: the one asked for, or the first of ours that the browser reads."""
    asked = request.query.get("language", "") or request.headers.get("Accept-Language", "")
    for tag in asked.lower().split(","):
        match tag.strip()[:2]:
            case "zh" | "en" as language:
                return language
    return "zh"


def _headers(name: str, type_: str) -> dict[str, str]:
    return {
        "Content-Type": type_,
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "Cache-Control": "private, no-store",
    }


def _told(state: FilmState) -> web.Response:
    return web.Response(body=msgspec.json.encode(state), content_type="application/json")
