"""Handing in: a work is kept under its pupil's name, and whoever handed it in has a receipt."""

import secrets
import time
from functools import partial
from typing import TypeVar

import msgspec
from aiohttp import web
from msgspec import Struct, structs

from synclass.errors import Malformed, Refused
from synclass.ports import Registry
from synclass.postclass.homework import (
    HIGHEST,
    WIDEST,
    Homework,
    Kind,
    Stroke,
    Work,
    check_ink,
    check_pupil,
    check_sheet,
    check_typed,
)
from synclass.webhooks import Event, News
from synclass.words import ParticipantId

from .album import Album
from .courseware.workshop import Page
from .intake import Intake, Kept, Wanted

LARGEST = 512 * 1024
"""Bytes of a sheet of ink as JSON."""
LARGEST_PHOTO = 12 * 1024 * 1024
"""As a telephone's camera makes it; our page sends a hundredth."""
LARGEST_KEPT = 2 * 1024 * 1024
"""Bytes of a photograph when it has been made anew."""
HANDING = ("bad-text", "bad-size", "too-large", "taken", "marked", "changed-meanwhile", "bad-kind")
Body = TypeVar("Body")


class HandIn(Struct):
    pupil: str
    school: str = ""
    """Of a pupil whose own device hands in; a co-teacher's is her account's."""
    text: str = ""
    ink: list[Stroke] = []
    width: int = 0
    height: int = 0
    receipt: str = ""
    """Of what was handed in before, which this takes the place of."""


class Receipt(Struct):
    work: str
    receipt: str
    """Whoever has it reads the work, and what comes back."""


class Hands:
    def __init__(self, registry: Registry, intake: Intake, album: Album) -> None:
        self._registry, self._intake, self._album = registry, intake, album

    async def take(self, homework: Homework, asked: HandIn, *, by: str) -> Receipt:
        """Raises Refused as HANDING says."""
        work = await self._mine(homework, asked, by)
        if asked.ink:
            check_sheet(asked.width, asked.height)
            check_ink(asked.ink, empty=False)
            size = {"width": asked.width, "height": asked.height}
            work = structs.replace(work, kind=Kind.INKED, text="", ink=asked.ink, **size)
        else:
            text = check_typed(asked.text)
            size = {"width": WIDEST * 3 // 4, "height": HIGHEST}
            work = structs.replace(work, kind=Kind.TYPED, text=text, ink=[], **size)
        kept = await self._registry.put(work, news=[_news(homework, work)])
        return Receipt(kept.id, kept.receipt)

    async def take_photo(
        self, request: web.Request, homework: Homework, asked: HandIn, *, by: str
    ) -> web.StreamResponse:
        """The body is the photograph: decoded and encoded anew, without where it was taken."""
        work = await self._mine(homework, asked, by)
        who = ParticipantId(f"{homework.id} {work.school} {work.pupil}")
        keep = partial(self._keep, homework, work)
        return await self._intake.take(request, Wanted(who, LARGEST_PHOTO, ("picture",), keep))

    async def picture(self, work: Work) -> web.Response:
        """Raises Refused("no-picture")."""
        data = await self._album.photo(work)
        if data is None:
            raise Refused("no-picture", "this work has no photograph")
        headers = {"Cache-Control": "private, no-cache"}
        return web.Response(body=data, content_type="image/webp", headers=headers)

    async def _keep(self, homework: Homework, work: Work, pages: list[Page]) -> Kept:
        [page] = pages
        if len(page.data) > LARGEST_KEPT:
            raise Refused("too-large", "make this photograph smaller")
        scale = min(WIDEST / page.sheet.width, HIGHEST / page.sheet.height)
        size = {
            "width": max(1, round(page.sheet.width * scale)),
            "height": max(1, round(page.sheet.height * scale)),
        }
        photographed = structs.replace(work, kind=Kind.PHOTO, text="", ink=[], **size)
        kept = await self._album.keep(photographed, page.data, news=[_news(homework, work)])
        return {"work": kept.id, "receipt": kept.receipt}

    async def _mine(self, homework: Homework, asked: HandIn, by: str) -> Work:
        """The pupil's work as it is now, or a new one; raises Refused."""
        pupil, school = check_pupil(asked.pupil, asked.school)
        before = await self._registry.work_of(homework.id, school, pupil)
        if before is None:
            told = secrets.token_hex(8), homework.id, pupil, school
            return Work(
                *(*told, Kind.TYPED, "", [], 1, 1, time.time(), by),
                receipt=secrets.token_urlsafe(16),
            )
        if not by and asked.receipt != before.receipt:
            raise Refused("taken", "somebody has handed in under this name")
        if before.marked_at:
            raise Refused("marked", "this work is marked already")
        return structs.replace(before, handed_at=time.time(), by=by)


def _news(homework: Homework, work: Work) -> News:
    """Of this version of it: who hands in anew is told of anew, by ids and without a name."""
    id_ = f"{work.id} {work.version + 1}"
    lesson, at = str(homework.lesson), work.handed_at
    return News(id_, Event.HANDED_IN, lesson, at, homework=homework.id, work=work.id)


async def sheet_of(request: web.Request, kind: type[Body]) -> Body:
    """JSON with ink in it, which may be longer than a form; raises Malformed, Refused."""
    if request.content_type != "application/json":
        raise Malformed("send JSON, and say so")
    data = bytearray()
    async for piece in request.content.iter_any():
        data += piece
        if len(data) > LARGEST:
            raise Refused("too-large", f"a sheet of ink has at most {LARGEST >> 10} KiB")
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Malformed(str(error)) from error
