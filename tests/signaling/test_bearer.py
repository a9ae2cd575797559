"""A door ticket opens its lesson, so long as who was given it may enter."""

import time
from pathlib import Path

import pytest
from aiohttp.test_utils import make_mocked_request
from msgspec import structs

from signaling.login import proof_of
from signaling.passwords import hashed
from synclass.errors import Refused
from synclass.ports import Account
from synclass.tickets import LIFETIME, Ticket, sign
from synclass.words import LessonId, Role

from ..conftest import VILLAGE
from .server import HASH, KEY, School, school
from .test_rooms import CARD, LESSON

TICKET = Ticket(LESSON, VILLAGE, time.time() + LIFETIME)
WANG = Account("wang", "王老师", Role.TEACHER, "中心小学", HASH)


async def code(town: School, authorization: str, lesson: str = LESSON) -> str:
    headers = {"Authorization": authorization} if authorization else {}
    request = make_mocked_request("GET", "/", headers, match_info={"lesson": lesson})
    try:
        await town.app._bearers.ticket_of(request)
    except Refused as error:
        return error.code
    return ""


async def test_a_door_ticket_says_who_asks(tmp_path: Path) -> None:
    async with school(tmp_path) as town:
        assert await code(town, f"Bearer {sign(TICKET, KEY)}") == ""
        assert await code(town, f"bearer  {sign(TICKET, KEY)} ") == ""


@pytest.mark.parametrize(
    ("said", "why"), [("", "no-ticket"), ("Basic abc", "no-ticket"), ("Bearer x", "bad-ticket")]
)
async def test_who_has_none_is_told_so(tmp_path: Path, said: str, why: str) -> None:
    async with school(tmp_path) as town:
        assert await code(town, said) == why


async def test_a_ticket_is_good_for_its_own_lesson_only(tmp_path: Path) -> None:
    async with school(tmp_path) as town:
        said = await code(town, f"Bearer {sign(TICKET, KEY)}", LessonId("another"))
        assert said == "other-lesson"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, ""),
        ({"shown": "王老师 "}, "ticket-expired"),
        ({"role": Role.PATROL}, "ticket-expired"),
        ({"school": "草兴小学"}, "ticket-expired"),
        ({"password": hashed("another-horse")}, "ticket-expired"),
    ],
)
async def test_a_ticket_ends_with_what_it_says_of_its_account(
    tmp_path: Path, change: dict[str, object], expected: str
) -> None:
    async with school(tmp_path) as town:
        await town.registry.save_lesson(CARD)
        await town.registry.save_account(WANG)
        ticket = Ticket(LESSON, WANG.holder, time.time() + 60, "wang", proof_of(WANG))
        await town.registry.save_account(structs.replace(WANG, **change))
        assert await code(town, f"Bearer {sign(ticket, KEY)}") == expected


async def test_a_ticket_of_an_account_that_is_gone_opens_nothing(tmp_path: Path) -> None:
    async with school(tmp_path) as town:
        await town.registry.save_lesson(CARD)
        ticket = Ticket(LESSON, VILLAGE, time.time() + 60, "gone", "proof")
        assert await code(town, f"Bearer {sign(ticket, KEY)}") == "ticket-expired"
