import time

import pytest
from aiohttp.test_utils import make_mocked_request

from signaling.bearer import ticket_of
from synclass.errors import Refused
from synclass.tickets import LIFETIME, Ticket, sign
from synclass.words import LessonId

from ..conftest import VILLAGE
from .server import KEY
from .test_rooms import LESSON

TICKET = Ticket(LESSON, VILLAGE, time.time() + LIFETIME)


def code(authorization: str, lesson: str = LESSON) -> str:
    headers = {"Authorization": authorization} if authorization else {}
    request = make_mocked_request("GET", "/", headers, match_info={"lesson": lesson})
    try:
        assert ticket_of(request, KEY) == TICKET
    except Refused as error:
        return error.code
    return ""


def test_a_door_ticket_says_who_asks() -> None:
    assert code(f"Bearer {sign(TICKET, KEY)}") == ""
    assert code(f"bearer  {sign(TICKET, KEY)} ") == ""


@pytest.mark.parametrize(
    ("said", "why"), [("", "no-ticket"), ("Basic abc", "no-ticket"), ("Bearer x", "bad-ticket")]
)
def test_who_has_none_is_told_so(said: str, why: str) -> None:
    assert code(said) == why


def test_a_ticket_is_good_for_its_own_lesson_only() -> None:
    assert code(f"Bearer {sign(TICKET, KEY)}", LessonId("another")) == "other-lesson"
