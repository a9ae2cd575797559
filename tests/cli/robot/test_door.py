"""Robots come in by the same doors as people, and are told no in the same words."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from synclass.cli.robot.door import Door
from synclass.errors import Malformed, Refused, Unavailable
from synclass.tickets import Ticket, read
from synclass.words import Role

from ...signaling.server import KEY, PASSWORD, School, school


@pytest_asyncio.fixture
async def here(tmp_path: Path) -> AsyncIterator[School]:
    (tmp_path / "index.html").write_text("<title>a page for people</title>")
    async with school(tmp_path) as found:
        yield found


@pytest_asyncio.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        yield session


@pytest_asyncio.fixture
async def wang(here: School, http: aiohttp.ClientSession) -> Door:
    """A teacher who is logged in."""
    door = Door(http, here.url + "/")
    await door.login("wang", PASSWORD)
    return door


def holder(ticket: str) -> Ticket:
    return read(ticket, Ticket, KEY, now=0.0)


async def test_a_teacher_makes_a_lesson_and_finds_it_again(wang: Door) -> None:
    first = await wang.make_lesson("分数的意义", "数学")
    second = await wang.make_lesson("小数", "数学")
    assert {card.id for card in await wang.lessons()} == {first.id, second.id}
    assert await wang.lesson(first.id) == first
    assert (first.title, first.teacher, first.ended_at) == ("分数的意义", "wang", 0.0)


async def test_a_teachers_ticket_and_a_rooms_lead_into_the_same_lesson(wang: Door) -> None:
    card = await wang.make_lesson("分数的意义", "数学")
    teacher, room = await wang.ticket(card.id), await wang.knock(card.code, "草兴小学")
    assert {teacher.lesson, room.lesson} == {card.id}
    assert (room.title, room.subject, room.teacher) == ("分数的意义", "数学", "wang")
    assert holder(teacher.ticket).holder.role is Role.TEACHER
    assert holder(room.ticket).holder.role is Role.CLASSROOM
    assert holder(room.ticket).holder.name == "草兴小学"


async def test_a_wrong_password_is_said_so(here: School, http: aiohttp.ClientSession) -> None:
    with pytest.raises(Refused) as refused:
        await Door(http, here.url).login("wang", "no-idea-at-all")
    assert refused.value.code == "wrong-password"


async def test_without_a_login_there_are_no_lessons(
    here: School, http: aiohttp.ClientSession
) -> None:
    with pytest.raises(Refused) as refused:
        await Door(http, here.url).lessons()
    assert refused.value.code == "login"


async def test_a_code_that_opens_nothing_is_refused(wang: Door) -> None:
    with pytest.raises(Refused) as refused:
        await wang.knock("000000", "草兴小学")
    assert refused.value.code == "no-lesson"


async def test_a_page_for_people_is_no_answer_for_a_robot(wang: Door) -> None:
    with pytest.raises(Malformed):
        await Door(wang.http, wang.url + "/elsewhere").lessons()


async def test_a_server_in_trouble_may_be_asked_again(tmp_path: Path, wang: Door) -> None:
    (tmp_path / "index.html").unlink()
    with pytest.raises(Unavailable) as unavailable:
        await Door(wang.http, wang.url + "/elsewhere").lessons()
    assert unavailable.value.code == "no-client"


async def test_a_server_that_is_not_there_may_be_asked_again(http: aiohttp.ClientSession) -> None:
    with pytest.raises(Unavailable) as unavailable:
        await Door(http, "http://127.0.0.1:9").lessons()
    assert unavailable.value.code == "no-server"
