"""Files come in one at a time from each, no larger than they may be, and of the kinds wanted."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientError

from signaling import library
from synclass.conduct import Join

from ..conftest import TEACHER
from ..waiting import until
from .courseware.files import pdf, picture
from .server import School
from .test_library import PICTURES, bearer, bring, town, upload
from .test_rooms import LESSON

__all__ = ["town"]


async def test_a_file_that_is_too_large_is_not_even_read(
    town: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library, "LARGEST", 5000)

    async def drops() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield bytes(100)

    async with town.browser() as browser:
        for data in (bytes(6000), drops()):
            status, (answer,) = await upload(browser, data)
            assert (status, answer["code"]) == (413, "too-large")


async def test_a_teacher_sends_one_file_at_a_time(town: School) -> None:
    gate = asyncio.Event()

    async def slowly() -> AsyncIterator[bytes]:
        yield pdf()[:100]
        await gate.wait()
        yield pdf()[100:]

    async with town.browser() as browser:
        first = asyncio.create_task(upload(browser, slowly()))
        await until(lambda: bool(town.app.library.intake.uploading))
        status, (answer,) = await upload(browser, pdf())
        assert (status, answer["code"]) == (503, "busy")
        gate.set()
        assert (await first)[1][-1] == {"handout": 1}


async def test_a_picture_is_no_deck_and_no_larger_than_a_camera_makes_it(
    town: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    (await town.app.rooms.open(LESSON)).ask(TEACHER, Join())
    monkeypatch.setattr(library, "LARGEST_PICTURE", 5000)
    async with town.browser() as browser:
        for data, code in (
            (pdf(), "bad-kind"),
            (b"MZ" + bytes(99), "bad-kind"),
            (picture("JPEG", (64, 48)) + bytes(6000), "too-large"),
            (picture("JPEG", (64, 48))[:60], "broken-file"),
        ):
            assert (await bring(browser, data, TEACHER))["code"] == code
        assert "sheet" in await bring(browser, picture("JPEG", (64, 48)), TEACHER)


async def test_what_stops_coming_keeps_nobody_from_bringing_another(town: School) -> None:
    (await town.app.rooms.open(LESSON)).ask(TEACHER, Join())

    async def breaks() -> AsyncIterator[bytes]:
        yield picture("JPEG", (64, 48))[:50]
        await until(lambda: bool(town.app.library.intake.uploading))
        raise ConnectionError

    async with town.browser() as browser:
        with pytest.raises(ClientError):
            await browser.post(PICTURES, data=breaks(), headers=bearer())
        await until(lambda: not town.app.library.intake.uploading)
        assert "sheet" in await bring(browser, picture("JPEG", (64, 48)), TEACHER)
