"""The ways into a lesson over plain HTTP: a login and a lesson of one's own, or a room's code."""

from typing import Any, TypeVar

import aiohttp
import msgspec
from msgspec import Struct

from ...errors import Malformed, Refused, Unavailable
from ...ports import LessonCard

Shape = TypeVar("Shape")


class Entrance(Struct):
    """What the door gives."""

    lesson: str
    ticket: str
    title: str
    subject: str
    teacher: str


class _Cards(Struct):
    lessons: list[LessonCard]


class Door:
    """One browser's worth of HTTP: it keeps the cookie of its login.

    Every method raises Refused with the server's code, or Unavailable where it does not answer.
    """

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self.http = http
        self.url = url.rstrip("/")

    async def login(self, name: str, password: str) -> None:
        await self._post("/api/login", Any, name=name, password=password)

    async def make_lesson(self, title: str, subject: str) -> LessonCard:
        return await self._post("/api/lessons", LessonCard, title=title, subject=subject)

    async def lessons(self) -> list[LessonCard]:
        """The newest first."""
        return (await self._ask("GET", "/api/lessons", _Cards)).lessons

    async def lesson(self, lesson: str) -> LessonCard:
        return await self._ask("GET", f"/api/lessons/{lesson}", LessonCard)

    async def ticket(self, lesson: str) -> Entrance:
        return await self._post(f"/api/lessons/{lesson}/ticket", Entrance)

    async def knock(self, code: str, name: str) -> Entrance:
        return await self._post("/api/door", Entrance, code=code, name=name)

    async def _post(self, path: str, kind: type[Shape], **body: str) -> Shape:
        return await self._ask("POST", path, kind, body)

    async def _ask(
        self, method: str, path: str, kind: type[Shape], body: dict[str, str] | None = None
    ) -> Shape:
        try:
            async with self.http.request(method, self.url + path, json=body) as response:
                data = await response.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            raise Unavailable("no-server", f"{self.url} does not answer") from error
        if response.status >= 400:
            raise _error(data, response.status)
        try:
            return msgspec.json.decode(data, type=kind)
        except msgspec.DecodeError as error:
            raise Malformed(f"{path}: {error}") from error


class _Error(Struct):
    code: str
    message: str


def _error(data: bytes, status: int) -> Refused | Unavailable:
    try:
        told = msgspec.json.decode(data, type=_Error)
    except msgspec.DecodeError:
        told = _Error("no-server", f"status {status}")
    kind = Unavailable if status >= 500 else Refused
    return kind(told.code, told.message)
