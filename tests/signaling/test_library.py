"""A teacher's file comes in by HTTP, and its pages go out to those in the lesson alone."""

import gzip
import hashlib
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from msgspec import json

from synclass.conduct import Begin, End, Join
from synclass.errors import Unavailable
from synclass.inclass.pictures import MOST_OF_ONE, KeepPicture
from synclass.inclass.stage import InviteOnStage
from synclass.preclass.handout import MOST_SHEETS, AddHandout, Handouts, Sheet
from synclass.tickets import Ticket, sign
from synclass.words import SYSTEM, LessonId, Participant

from ..conftest import OTHER_VILLAGE, PATROL, TEACHER, VILLAGE
from ..waiting import until
from .courseware.files import office, pdf, picture
from .server import KEY, School, school
from .test_rooms import CARD, LESSON

PICTURES = f"/api/lessons/{LESSON}/pictures"
HANDOUTS = f"/api/lessons/{LESSON}/handouts"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[School]:
    async with school(tmp_path) as town:
        await town.registry.save_lesson(CARD)
        yield town


def bearer(who: Participant = TEACHER, lesson: LessonId = LESSON) -> dict[str, str]:
    ticket = sign(Ticket(lesson, who, time.time() + 60), KEY)
    return {"Authorization": f"Bearer {ticket}"}


async def upload(
    browser: ClientSession, data: Any, *, title: str = "分数.pdf", who: Participant = TEACHER
) -> tuple[int, list[dict[str, Any]]]:
    asked = browser.post(HANDOUTS, params={"title": title}, data=data, headers=bearer(who))
    async with asked as response:
        return response.status, [json.decode(line) for line in (await response.read()).splitlines()]


async def handouts(town: School) -> Handouts:
    room = await town.app.rooms.open(LESSON)
    channel = room.lesson.channel("handout")
    assert isinstance(channel, Handouts)
    return channel


async def test_a_teachers_file_becomes_a_handout_of_the_lesson(town: School) -> None:
    async with town.browser() as browser:
        status, said = await upload(browser, pdf(3), title="C:\\课件\\分数的意义.pptx.pdf")
    assert status == 200 and said[:3] == [{"page": n, "of": 3} for n in (1, 2, 3)]
    assert said[-1] == {"handout": 1}
    handout = (await handouts(town)).handouts[1]
    assert handout.title == "分数的意义.pptx" and len(handout.sheets) == 3


async def test_a_room_fetches_a_page_by_its_hash_also_in_parts(town: School) -> None:
    async with town.browser() as browser:
        await upload(browser, pdf())
        (sheet,) = (await handouts(town)).handouts[1].sheets
        path = f"/api/lessons/{LESSON}/pages/{sheet.name}"
        async with browser.get(path, headers=bearer(VILLAGE)) as response:
            shown = await response.read()
            assert response.content_type == "image/svg+xml"
            assert "immutable" in response.headers["Cache-Control"]
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert sheet.name == f"{hashlib.sha256(shown).hexdigest()}.svg"
        parts = b""
        for start in range(0, sheet.bytes, 100):
            part = {"Range": f"bytes={start}-{start + 99}"}
            async with browser.get(f"{path}.gz", headers={**bearer(VILLAGE), **part}) as response:
                assert response.status == 206 and "Content-Encoding" not in response.headers
                parts += await response.read()
        assert len(parts) == sheet.bytes and gzip.decompress(parts) == shown


async def test_what_stands_on_the_pages_can_be_searched(town: School) -> None:
    async with town.browser() as browser:
        await upload(browser, pdf(2, text="three sixths"))
        name = (await handouts(town)).handouts[1].words
        path = f"/api/lessons/{LESSON}/pages/{name}.json"
        async with browser.get(path, headers=bearer()) as response:
            assert await response.json() == ["three sixths 1", "three sixths 2"]


async def test_only_those_in_the_lesson_or_who_may_watch_it_see_a_page(town: School) -> None:
    async with town.browser() as browser:
        await upload(browser, pdf())
    (sheet,) = (await handouts(town)).handouts[1].sheets
    path = f"/api/lessons/{LESSON}/pages/{sheet.name}"
    for name, status in (("", 401), ("li", 403), ("sun", 403), ("wang", 200), ("zhao", 200)):
        async with town.browser(name) as browser, browser.get(path) as response:
            assert response.status == status, name
    async with town.browser() as browser:
        for headers, status in (
            (bearer(PATROL), 200),
            ({"Authorization": "Bearer forged"}, 401),
            (bearer(VILLAGE, LessonId("another")), 403),
        ):
            async with browser.get(path, headers=headers) as response:
                assert response.status == status, headers
        for other in (
            "0" * 64 + ".svg",
            "../log/000001.log",
            "%2e%2e%2flog",
            sheet.name + ".gz.gz",
        ):
            async with browser.get(f"{path}/../{other}", headers=bearer()) as response:
                assert response.status in (404, 405), other


async def test_only_the_teacher_brings_courseware_and_only_until_the_bell(town: School) -> None:
    room = await town.app.rooms.open(LESSON)
    async with town.browser() as browser:
        for who in (VILLAGE, PATROL):
            status, (answer,) = await upload(browser, pdf(), who=who)
            assert (status, answer["code"]) == (403, "not-allowed")
        async with browser.post(HANDOUTS, data=pdf()) as response:
            assert response.status == 401
        for command in (Join(), Begin()):
            room.ask(TEACHER, command)
        assert (await upload(browser, pdf()))[1][-1] == {"handout": 1}
        room.ask(TEACHER, End())
        assert (await upload(browser, pdf()))[1][0]["code"] == "not-now"


async def test_a_refusal_comes_with_a_code_and_a_sentence_and_changes_nothing(town: School) -> None:
    async with town.browser() as browser:
        for data, code in (
            (b"MZ", "bad-kind"),
            (office({"../x": b""}), "zip-slip"),
            (b"%PDF-", "broken-file"),
        ):
            _, said = await upload(browser, data)
            assert said[-1]["code"] == code and said[-1]["message"]
        status, (answer,) = await upload(browser, b"")
        assert (status, answer["code"]) == (403, "broken-file")
    assert not (await handouts(town)).handouts


async def test_a_full_disk_is_said_and_nothing_is_handed_out(
    town: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise Unavailable("disk-full", "no room")

    monkeypatch.setattr("recorder.pages.keep", full)
    async with town.browser() as browser:
        _, said = await upload(browser, pdf())
    assert said[-1]["code"] == "disk-full" and not (await handouts(town)).handouts


async def test_a_lesson_that_has_enough_pages_says_so(town: School) -> None:
    room = await town.app.rooms.open(LESSON)
    many = [Sheet(f"{n:064x}.svg", 1, 1, 1) for n in range(MOST_SHEETS)]
    room.ask(SYSTEM, AddHandout("词典", many))
    async with town.browser() as browser:
        _, said = await upload(browser, pdf())
    assert said[-1]["code"] == "too-many-handouts"


async def test_who_goes_away_while_it_is_converted_finds_it_done(town: School) -> None:
    async with town.browser() as browser:
        asked = browser.post(HANDOUTS, data=pdf(2), headers=bearer())
        async with asked as response:
            await response.content.readline()
    channel = await handouts(town)
    await until(lambda: bool(channel.handouts), within=30)


async def bring(browser: ClientSession, data: bytes, who: Participant) -> Any:
    """What is said of a picture at last."""
    async with browser.post(PICTURES, data=data, headers=bearer(who)) as response:
        return [json.decode(line) for line in (await response.read()).splitlines()][-1]


async def test_a_room_on_stage_brings_a_picture_and_another_room_fetches_it(town: School) -> None:
    room = await town.app.rooms.open(LESSON)
    for who in (TEACHER, VILLAGE, OTHER_VILLAGE):
        room.ask(who, Join())
    async with town.browser() as browser:
        assert (await bring(browser, picture("JPEG", (64, 48)), VILLAGE))["code"] == "not-writing"
        for command in (Begin(), InviteOnStage(VILLAGE.id)):
            room.ask(TEACHER, command)
        name, width, height, size = (await bring(browser, picture("JPEG", (64, 48)), VILLAGE))[
            "sheet"
        ]
        assert (width, height) == (64, 48) and name.endswith(".webp")
        path = f"/api/lessons/{LESSON}/pages/{name}"
        async with browser.get(path, headers=bearer(OTHER_VILLAGE)) as response:
            assert len(await response.read()) == size
        assert (await bring(browser, picture("JPEG", (64, 48)), OTHER_VILLAGE))[
            "code"
        ] == "not-writing"
        assert (await bring(browser, picture("JPEG", (64, 48)), PATROL))["code"] == "not-allowed"
    assert not (await handouts(town)).handouts, "it is no courseware"


async def test_whoever_has_brought_enough_pictures_is_told_so(town: School) -> None:
    room = await town.app.rooms.open(LESSON)
    room.ask(TEACHER, Join())
    for n in range(MOST_OF_ONE):
        room.ask(SYSTEM, KeepPicture(TEACHER.id, Sheet(f"{n:064x}.webp", 1, 1, 1)))
    async with town.browser() as browser:
        assert (await bring(browser, picture("JPEG", (64, 48)), TEACHER))[
            "code"
        ] == "too-many-pictures"
