"""Apprentices sit in the studio's lessons unseen, watch them afterwards, and talk about them."""

import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession
from msgspec.structs import replace

from signaling.login import guest_of
from synclass import wire
from synclass.conduct import Join
from synclass.inclass.chat import Say, To
from synclass.inclass.roll import ListPupils
from synclass.ports import LessonCard
from synclass.tickets import Ticket, read
from synclass.words import LessonId, Role

from ..conftest import TEACHER, VILLAGE
from .server import KEY, School
from .studio import LIVE, OVER, asked, gone, studio
from .unions import told
from .wsclient import Desk


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[School]:
    async with studio(tmp_path) as town:
        yield town


async def status(browser: ClientSession, path: str) -> int:
    async with browser.get(path) as answer:
        return answer.status


async def test_an_apprentice_sits_in_as_one_whom_no_classroom_sees(town: School) -> None:
    let_in = await asked(town, "qian", f"/lessons/{LIVE.id}/ticket", {})
    ticket = read(let_in["ticket"], Ticket, KEY, now=time.time())
    assert (ticket.holder.role, ticket.account) == (Role.GUEST, "qian")
    assert (await asked(town, "li", f"/lessons/{LIVE.id}/ticket", {}))["code"] == "not-yours"
    assert (await asked(town, "wang", f"/lessons/{LIVE.id}/ticket", {}))["code"] == "own-lesson"
    assert (await asked(town, "qian", f"/lessons/{OVER.id}/ticket", {}))["code"] == "over"
    assert (await told(town, "qian", f"/api/lessons/{LIVE.id}/ticket", {}))["code"] == "not-yours"
    assert "studio.sit-in" in [act for _, _, act, _ in await town.registry.notes()]


async def test_a_guest_is_told_no_name_of_a_pupil_and_nothing_that_is_said_aside(
    town: School,
) -> None:
    room = await town.app.rooms.open(LIVE.id)
    for command in (Join(), ListPupils(VILLAGE.id, ["李小明"], 6), Say("听不清", To.TEACHERS)):
        room.ask(VILLAGE, command)
    let_in = await asked(town, "qian", f"/lessons/{LIVE.id}/ticket", {})
    async with ClientSession(town.url) as browser, browser.ws_connect("/ws") as socket:
        desk = await Desk(socket).hello(let_in["ticket"])
        seen = wire.encode(desk.welcome).decode(errors="replace")
    assert VILLAGE.name in seen and "李小明" not in seen and "听不清" not in seen
    said = wire.encode(room.lesson.facing(TEACHER)).decode(errors="replace")
    assert "李小明" in said and "听不清" in said


async def test_who_is_released_is_out_of_the_lesson_within_a_second(town: School) -> None:
    let_in = await asked(town, "qian", f"/lessons/{LIVE.id}/ticket", {})
    async with ClientSession(town.url) as browser, browser.ws_connect("/ws") as socket:
        desk = await Desk(socket).hello(let_in["ticket"])
        await gone(town, "wang", "/apprentices/qian?version=1")
        began = time.monotonic()
        await desk.closed()
        took = time.monotonic() - began
        print(f"a released apprentice is out of the lesson after {took:.2f} s")
        assert took < 1.0
        late = Desk(await browser.ws_connect("/ws"))
        await late.say(wire.Hello(wire.SCHEMA, let_in["ticket"], None))
        assert (await late.hear(wire.Goodbye)).code == "not-yours"


async def test_what_a_studio_opens_is_watched_by_its_people_alone(town: School) -> None:
    for who, over, live in (("qian", 200, 403), ("li", 403, 403)):
        async with town.browser(who) as browser:
            assert await status(browser, f"/api/lessons/{OVER.id}/link") == over
            assert await status(browser, f"/api/lessons/{LIVE.id}/link") == live
    await gone(town, "wang", f"/lessons/{OVER.id}?version=1")
    async with town.browser("qian") as browser:
        assert await status(browser, f"/api/lessons/{OVER.id}/link") == 403


async def test_its_people_open_lessons_of_their_own(town: School) -> None:
    own = LessonCard(LessonId("own"), "周长", "数学", "qian", "222222", time.time())
    other = replace(own, id=LessonId("other"), teacher="sun", code="333333")
    for card in (own, other):
        await town.registry.save_lesson(card)
    opened = await asked(town, "qian", f"/lessons/{own.id}", {})
    assert [one["title"] for one in opened["lessons"] if one["mine"]] == ["周长"]
    assert (await asked(town, "qian", f"/lessons/{other.id}", {}))["code"] == "not-yours"
    assert (await asked(town, "sun", f"/lessons/{other.id}", {}))["code"] == "not-in-studio"
    assert (await asked(town, "qian", f"/lessons/{own.id}", {}))["code"] == "taken"
    assert (await asked(town, "qian", "/lessons/nowhere", {}))["code"] == "no-lesson"
    await gone(town, "wang", "/apprentices/qian?version=1")
    assert "周长" not in [one["title"] for one in (await asked(town, "wang"))["lessons"]]


async def test_they_talk_about_a_lesson_and_answer(town: School) -> None:
    first = await asked(town, "qian", "/words", {"text": "导入很好", "lesson": OVER.id})
    parent = first["words"][0]["id"]
    said = await asked(town, "wang", "/words", {"text": "谢谢", "parent": parent})
    assert [(one["shown"], one["parent"], one["lesson"]) for one in said["words"]] == [
        *(("钱老师", 0, OVER.id), ("王老师", parent, OVER.id))
    ]
    for body, code in (
        ({"text": " "}, "bad-text"),
        ({"text": "x", "parent": 99}, "no-word"),
        ({"text": "x", "lesson": "nowhere"}, "not-there"),
    ):
        assert (await asked(town, "qian", "/words", body))["code"] == code
    assert (await asked(town, "li", "/words", {"text": "x"}))["code"] == "not-in-studio"


async def test_a_guest_is_no_patrol_of_the_district(town: School) -> None:
    account = await town.registry.account("qian")
    assert account and guest_of(account).id == account.holder.id
    async with town.browser("qian") as browser:
        assert await status(browser, "/api/patrol") == 403
