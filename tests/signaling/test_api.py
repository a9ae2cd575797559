from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession

from synclass.permissions import Scope, scope

from .server import PASSWORD, PEOPLE, School, school


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[School]:
    async with school(tmp_path) as town:
        yield town


async def make(browser: ClientSession, title: str = "分数的意义") -> dict[str, str]:
    async with browser.post("/api/lessons", json={"title": title, "subject": "数学"}) as response:
        assert response.status == 200, await response.text()
        card: dict[str, str] = await response.json()
        return card


async def code(browser: ClientSession, method: str, path: str, **more: object) -> tuple[int, str]:
    async with browser.request(method, path, **more) as response:  # type: ignore[arg-type]
        body = await response.json()
        return response.status, body.get("code", "") if response.status >= 400 else ""


async def test_a_room_comes_in_by_the_six_digits(town: School) -> None:
    async with town.browser("wang") as teacher, town.browser() as room:
        card = await make(teacher)
        knock = {"code": card["code"], "name": "  草兴小学   三年级 "}
        async with room.post("/api/door", json=knock) as response:
            door = await response.json()
    assert door["lesson"] == card["id"] and door["title"] == "分数的意义" and door["ticket"]


@pytest.mark.usefixtures("no_refill")
async def test_a_wrong_code_opens_nothing_and_may_not_be_guessed(town: School) -> None:
    async with town.browser() as room:
        tries = [
            await code(room, "POST", "/api/door", json={"code": "000000", "name": "x"})
            for _ in range(11)
        ]
    assert tries[0] == (404, "no-lesson") and tries[-1] == (429, "slow-down")


async def test_thirty_rooms_behind_one_address_come_in_at_once(town: School) -> None:
    async with town.browser("wang") as teacher, town.browser() as rooms:
        right = (await make(teacher))["code"]
        for number in range(30):
            knock = {"code": right, "name": f"教室{number}"}
            assert await code(rooms, "POST", "/api/door", json=knock) == (200, "")


async def test_a_lesson_without_a_code_cannot_be_entered_with_none(town: School) -> None:
    async with town.browser() as room:
        assert await code(room, "POST", "/api/door", json={"code": "", "name": "x"}) == (
            404,
            "no-lesson",
        )


@pytest.mark.usefixtures("no_refill")
async def test_a_wrong_password_and_an_unknown_name_look_alike(town: School) -> None:
    async with town.browser() as browser:
        for name in ("wang", "nobody"):
            asked = {"name": name, "password": "wrong"}
            assert await code(browser, "POST", "/api/login", json=asked) == (401, "wrong-password")
        asked = {"name": "wang", "password": "wrong"}
        for _ in range(7):
            assert await code(browser, "POST", "/api/login", json=asked) == (401, "wrong-password")
        assert await code(browser, "POST", "/api/login", json=asked) == (429, "slow-down")


async def test_who_logs_out_is_nobody(town: School) -> None:
    async with town.browser("wang") as browser:
        async with browser.get("/api/me") as response:
            assert (await response.json())["account"]["shown"] == "Wang"
        await browser.post("/api/logout")
        async with browser.get("/api/me") as response:
            assert (await response.json())["account"] is None


async def test_a_new_password_ends_every_login_of_the_old_one(town: School) -> None:
    async with town.browser("wang") as teacher, town.browser("admin") as admin:
        new: dict[str, object] = {"name": "wang", "shown": "王老师", "role": "teacher"}
        new["password"] = "another-one"
        assert await code(admin, "POST", "/api/accounts", json=new) == (409, "name-taken")
        new = {**new, "replace": True}
        assert (await code(admin, "POST", "/api/accounts", json=new))[0] == 200
        assert await code(teacher, "GET", "/api/lessons") == (401, "login")


@pytest.mark.parametrize("name", ["", *PEOPLE])
async def test_every_door_asks_the_table(town: School, name: str) -> None:
    doors = {
        "lesson.list": ("GET", "/api/lessons", None),
        "lesson.make": ("POST", "/api/lessons", {"title": "x"}),
        "account.list": ("GET", "/api/accounts", None),
        "audit.read": ("GET", "/api/audit", None),
    }
    async with town.browser(name) as browser:
        for action, (method, path, body) in doors.items():
            status, _ = await code(browser, method, path, json=body)
            may = bool(name) and scope(PEOPLE[name], action) is not Scope.NONE
            assert status == (200 if may else 403 if name else 401), (action, name)


async def test_a_teacher_sees_and_enters_only_their_own_lessons(town: School) -> None:
    async with town.browser("wang") as wang, town.browser("sun") as sun:
        card = await make(wang)
        assert card["by"] == "Wang"
        async with sun.get("/api/lessons") as response:
            assert (await response.json())["lessons"] == []
        async with sun.get("/api/lessons?teacher=wang") as response:
            assert (await response.json())["lessons"] == []
        path = f"/api/lessons/{card['id']}"
        assert await code(sun, "POST", f"{path}/ticket") == (403, "not-yours")
        assert await code(wang, "POST", f"{path}/ticket") == (200, "")
        assert await code(wang, "POST", "/api/lessons/nothing/ticket") == (404, "no-lesson")


async def test_an_admin_finds_lessons_by_subject_teacher_and_date(town: School) -> None:
    async with town.browser("wang") as wang, town.browser("admin") as admin:
        card = await make(wang)
        began = float(card["made_at"])
        for asked, count in (
            ("subject=数学&teacher=wang&text=Wang", 1),
            ("subject=语文", 0),
            ("teacher=sun", 0),
            (f"since={began - 1}&until={began + 1}", 1),
            (f"since={began + 1}", 0),
        ):
            async with admin.get(f"/api/lessons?{asked}") as response:
                assert len((await response.json())["lessons"]) == count, asked
        assert await code(admin, "GET", "/api/lessons?since=x") == (403, "bad-number")


async def test_entering_is_a_line_in_the_audit_log(town: School) -> None:
    async with town.browser("zhao") as patrol, town.browser("wang") as teacher:
        card = await make(teacher)
        await patrol.post(f"/api/lessons/{card['id']}/ticket")
    (line, *_) = await town.registry.notes()
    assert line[1:] == ("zhao", "lesson.enter", card["id"])


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"name": "Bad Name", "shown": "x", "role": "teacher", "password": PASSWORD}, "bad-name"),
        ({"name": "neu", "shown": "x", "role": "teacher", "password": "short"}, "weak-password"),
        ({"name": "neu", "shown": "x", "role": "system", "password": PASSWORD}, "bad-role"),
        ({"name": "neu", "shown": " ", "role": "teacher", "password": PASSWORD}, "bad-text"),
        ({"name": "neu", "shown": "x", "role": "king", "password": PASSWORD}, "malformed"),
    ],
)
async def test_an_odd_account_is_refused(town: School, body: dict[str, str], expected: str) -> None:
    async with town.browser("admin") as admin:
        assert (await code(admin, "POST", "/api/accounts", json=body))[1] == expected


async def test_a_form_of_another_site_is_not_json(town: School) -> None:
    async with town.browser("wang") as browser:
        assert await code(browser, "POST", "/api/lessons", data="title=x") == (400, "malformed")


async def test_the_qr_leads_to_the_door(town: School) -> None:
    async with town.browser() as browser:
        async with browser.get("/api/door/qr.svg?code=123456") as response:
            assert response.content_type == "image/svg+xml" and b"<svg" in await response.read()
        assert await code(browser, "GET", "/api/door/qr.svg?code=%3Cb%3E") == (400, "malformed")
