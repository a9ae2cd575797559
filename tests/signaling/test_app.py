"""The signaling process over HTTP: the door, its limits, and what every answer carries."""

from pathlib import Path

import pytest

from synclass.cli.robot.door import Door
from synclass.errors import Refused
from synclass.tickets import Ticket, read
from synclass.words import Role

from ..conftest import TEACHER
from .wsclient import CODE, KEY, LESSON, school


async def test_a_room_comes_in_by_the_code_at_the_door(tmp_path: Path) -> None:
    async with school(tmp_path) as here:
        entrance = await Door(here.http, here.url).knock(CODE, "草兴小学 三年级")
        assert (entrance.lesson, entrance.title) == (LESSON, "分数的意义")
        holder = read(entrance.ticket, Ticket, KEY, now=0.0).holder
        assert (holder.name, holder.role) == ("草兴小学 三年级", Role.CLASSROOM)
        desk = await (await here.desk()).hello(entrance.ticket)
        assert desk.welcome.you == holder


@pytest.mark.parametrize("code", ["000000", "", "12345", "x" * 50])
async def test_a_wrong_code_opens_no_door(tmp_path: Path, code: str) -> None:
    async with school(tmp_path) as here:
        body = {"code": code, "name": "草兴小学"}
        async with here.http.post(here.url + "/api/door", json=body) as response:
            assert response.status == 404
            assert (await response.json())["code"] == "no-lesson"


@pytest.mark.usefixtures("no_refill")
async def test_whoever_tries_codes_is_slowed_down(tmp_path: Path) -> None:
    async with school(tmp_path) as here:
        door, codes = Door(here.http, here.url), []
        for n in range(12):
            with pytest.raises(Refused) as refused:
                await door.knock(f"{n:06}", "?")
            codes.append(refused.value.code)
        assert codes[0] == "no-lesson" and codes[-1] == "slow-down"
        async with here.http.post(
            here.url + "/api/door", json={"code": CODE, "name": "?"}
        ) as response:
            assert response.status == 429, "the right one too: no guess may be told from another"


async def test_the_door_takes_json_only(tmp_path: Path) -> None:
    async with school(tmp_path) as here:
        for data in (b"code=123456", b"{", b"[]"):
            async with here.http.post(here.url + "/api/door", data=data) as response:
                assert response.status == 400
                assert (await response.json())["code"] == "malformed"


async def test_without_a_login_nobody_is_told_of_lessons(tmp_path: Path) -> None:
    async with school(tmp_path) as here:
        for path in ("/api/lessons", f"/api/lessons/{LESSON}", f"/api/lessons/{LESSON}/log"):
            async with here.http.get(here.url + path) as response:
                assert response.status == 401


async def test_every_answer_carries_the_rules_for_the_browser(tmp_path: Path) -> None:
    async with school(tmp_path) as here:
        for path in ("/healthz", "/api/me", "/api/nothing"):
            async with here.http.get(here.url + path) as response:
                assert "default-src 'self'" in response.headers["Content-Security-Policy"]
                assert response.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_health_check_tells_of_workers_and_lessons(tmp_path: Path) -> None:
    async with school(tmp_path) as here:
        await here.enter(TEACHER)
        async with here.http.get(here.url + "/healthz") as response:
            assert await response.json() == {"media": [False], "lessons": 1}
