"""A classroom's device is paired once, opens the right lesson by itself, and may be revoked."""

import time
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from msgspec import structs

from signaling import devices
from signaling.devices import COOKIE
from signaling.opener import Opener
from synclass import wire
from synclass.ports import Account
from synclass.school.people import Part, Person
from synclass.school.places import Bell, Classroom
from synclass.school.places import School as Place
from synclass.school.timetable import Slot, Term
from synclass.tickets import Paired, Ticket, read, sign
from synclass.words import Role

from ..waiting import until
from .server import HASH, KEY, School, school
from .wsclient import Desk


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[School]:
    """Two schools, and a lesson of the first that rings now and to which the second listens."""
    async with school(tmp_path) as town:
        registry, now = town.registry, datetime.now().astimezone()
        minute = now.hour * 60 + now.minute
        bells = [Bell(max(0, minute - 10), min(24 * 60, minute + 30))]
        places = [
            Place(id_, name, "", bells) for id_, name in (("a", "中心小学"), ("b", "草兴小学"))
        ]
        await registry.take_in(places)
        await registry.take_in([Classroom(f"{s}-0", s, "五年级") for s in "ab"])
        await registry.take_in([Person("t-wang", "a", "王老师", Part.TEACHER, "1", "wang")])
        first, last = (now.date() + timedelta(days=n) for n in (-30, 30))
        await registry.take_in([Term("t", "本学期", first, last)])
        day = now.isoweekday()
        slot = Slot("m", "t", "a", "分数", "数学", "t-wang", "a-0", day, 1, ["b-0"])
        await registry.take_in([slot])
        await registry.save_account(Account("liang", "梁校长", Role.ADMIN, "草兴小学", HASH))
        await registry.save_account(Account("gu", "顾校长", Role.ADMIN, "中心小学", HASH))
        yield town


async def asked(screen: ClientSession) -> str:
    async with screen.post("/api/device", json={}) as response:
        assert response.status == 200
        return str((await response.json())["code"])


async def status(screen: ClientSession) -> Any:
    async with screen.get("/api/device") as response:
        return await response.json()


async def refused(answer: Any) -> tuple[int, str]:
    async with answer as response:
        return response.status, (await response.json())["code"]


async def paired(town: School, screen: ClientSession, by: str = "admin") -> str:
    code = await asked(screen)
    async with town.browser(by) as admin:
        body = {"code": f"{code[:3]} {code[3:]}", "classroom": "b-0"}
        async with admin.post("/api/devices", json=body) as response:
            assert response.status == 200, await response.text()
            return str((await response.json())["id"])


async def test_a_screen_shows_a_code_and_then_its_classroom(town: School) -> None:
    async with town.browser() as screen:
        code = await asked(screen)
        assert (await status(screen))["code"] == code
        assert await refused(screen.post("/api/device/enter", json={})) == (409, "not-paired")
        async with town.browser("liang") as admin:
            body = {"code": code, "classroom": "b-0"}
            async with admin.post("/api/devices", json=body) as response:
                shown = await response.json()
            assert shown | {"paired_at": 0, "id": ""} == {
                **{"id": "", "classroom": "b-0", "room": "五年级", "school": "b", "by": "liang"},
                **{"paired_at": 0, "seen_at": 0.0},
            }
        said = await status(screen)
        assert (said["code"], said["school"], said["classroom"]) == ("", "草兴小学", "五年级")
        assert said["now"]["title"] == "分数" and said["now"]["teacher"] == "王老师"
        assert said["lesson"] == ""  # nobody has opened it yet
        assert await refused(screen.post("/api/device/enter", json={})) == (404, "no-lesson")


async def test_it_goes_into_the_lesson_that_rings_and_a_code_serves_once(town: School) -> None:
    await Opener(town.registry).look(datetime.now().astimezone())
    async with town.browser() as screen, town.browser("admin") as admin:
        id_ = await paired(town, screen)
        lesson = (await status(screen))["lesson"]
        async with screen.post("/api/device/enter", json={}) as response:
            admitted = await response.json()
        ticket = read(admitted["ticket"], Ticket, KEY, now=time.time())
        assert (admitted["lesson"], ticket.holder.school) == (lesson, "草兴小学")
        assert ticket.holder.id == f"room-{id_}" and ticket.holder.role is Role.CLASSROOM
        room = await town.app.rooms.open(ticket.lesson)
        card = await town.registry.lesson(ticket.lesson)
        assert card and room
        await town.registry.save_lesson(structs.replace(card, ended_at=time.time(), code=""))
        assert (await status(screen))["lesson"] == ""
        device = await town.registry.device(id_)
        assert device and device.seen_at > 0
        for code in ("000000", "", device.code):
            body = {"code": code, "classroom": "b-0"}
            assert (await refused(admin.post("/api/devices", json=body)))[1] == "wrong-code"


async def test_a_school_pairs_and_revokes_its_own_classrooms_only(town: School) -> None:
    async with town.browser() as screen, town.browser("gu") as other:
        code = await asked(screen)
        body = {"code": code, "classroom": "b-0"}
        assert (await refused(other.post("/api/devices", json=body)))[1] == "not-yours"
        id_ = await paired(town, screen, "liang")
        assert (await refused(other.delete(f"/api/devices/{id_}")))[1] == "not-yours"
        async with other.get("/api/devices") as response:
            assert await response.json() == {"devices": []}
        async with town.browser("liang") as admin:
            async with admin.get("/api/devices") as response:
                assert [one["id"] for one in (await response.json())["devices"]] == [id_]
            async with admin.delete(f"/api/devices/{id_}") as response:
                assert response.status == 200
            assert await refused(admin.delete(f"/api/devices/{id_}")) == (404, "not-there")
        assert await refused(screen.get("/api/device")) == (401, "no-device")


async def test_a_revoked_device_is_out_of_its_lesson_within_a_second(town: School) -> None:
    await Opener(town.registry).look(datetime.now().astimezone())
    async with town.browser() as screen, town.browser("admin") as admin:
        id_ = await paired(town, screen)
        async with screen.post("/api/device/enter", json={}) as response:
            admitted = await response.json()
        async with screen.ws_connect("/ws") as ws:
            desk = await Desk(ws).hello(admitted["ticket"])
            room = town.app.rooms.live[admitted["lesson"]]
            assert f"room-{id_}" in room.lesson.conduct.present
            async with admin.delete(f"/api/devices/{id_}") as response:
                assert response.status == 200
            began = time.monotonic()
            await until(lambda: f"room-{id_}" not in room.lesson.conduct.present)
            took = time.monotonic() - began
            await desk.closed()
        print(f"a revoked device is out of its lesson after {took:.2f} s")
        assert took < 1.0
        async with screen.ws_connect("/ws") as ws:
            late = Desk(ws)
            await late.say(wire.Hello(wire.SCHEMA, admitted["ticket"], None))
            assert (await late.hear(wire.Goodbye)).code == "ticket-expired"


async def test_who_knows_no_secret_is_no_device(town: School) -> None:
    async with town.browser() as screen:
        id_ = await paired(town, screen)
        forged = sign(Paired(id_, "guessed", time.time() + 60), KEY)
        for cookie in (forged, "nonsense", sign(Paired("d9", "x", time.time() + 60), KEY)):
            async with ClientSession(town.url, cookies={COOKIE: cookie}) as stranger:
                assert await refused(stranger.get("/api/device")) == (401, "no-device")


@pytest.mark.usefixtures("no_refill")
async def test_codes_cannot_be_tried_or_asked_for_without_end(
    town: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with town.browser("admin") as admin, town.browser() as screen:
        body = {"code": "000000", "classroom": "b-0"}
        told = [(await refused(admin.post("/api/devices", json=body)))[1] for _ in range(11)]
        assert told == ["wrong-code"] * 10 + ["slow-down"]
        monkeypatch.setattr(devices, "MOST_WAITING", 2)
        assert [len(await asked(screen)) for _ in range(2)] == [6, 6]
        assert await refused(screen.post("/api/device", json={})) == (503, "busy")
        monkeypatch.setattr(devices, "MOST_WAITING", 99)
        for _ in range(17):
            await asked(screen)
        assert await refused(screen.post("/api/device", json={})) == (429, "slow-down")


async def test_a_code_nobody_typed_in_time_is_no_good(
    town: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with town.browser("admin") as admin, town.browser() as screen:
        code = await asked(screen)
        monkeypatch.setattr(devices, "WAIT", -1.0)
        body = {"code": code, "classroom": "b-0"}
        assert (await refused(admin.post("/api/devices", json=body)))[1] == "wrong-code"
        assert await refused(screen.get("/api/device")) == (401, "no-device")


async def test_a_device_in_use_is_never_forgotten_and_one_of_a_room_that_is_gone_is(
    town: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with town.browser() as screen:
        await paired(town, screen)
        monkeypatch.setattr(devices, "RENEWED", devices.KEPT + 1)
        async with screen.get("/api/device") as response:
            assert COOKIE in response.cookies
        await town.registry.remove(Slot, "m", 1)
        said = await status(screen)
        assert (said["now"], said["next"]) == (None, None)
        await town.registry.remove(Classroom, "b-0", 1)
        assert await refused(screen.get("/api/device")) == (401, "no-device")
