"""An administrator makes a webhook, sees what became of its messages, and sends them again."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from signaling.vault import is_sealed
from synclass.conduct import Begin, End, Join
from synclass.ports import Account
from synclass.webhooks import CHOICES, Delivery, Event, Webhook, networks
from synclass.words import LessonId, Role

from ..conftest import TEACHER
from ..receiver import Receiver
from ..waiting import until
from .server import HASH, School, school
from .test_tokens import said

HOOK = {"url": "https://office.example.cn/told", "events": ["lesson.ended", "lesson.started"]}


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[School]:
    async with school(tmp_path, work=False) as town:
        village = Account("cao", "草兴", Role.ADMIN, "草兴小学", HASH)
        await town.registry.save_account(village)
        yield town


async def made(browser: ClientSession, **fields: Any) -> tuple[int, Any]:
    return await said(browser.post("/api/webhooks", json=HOOK | fields))


async def test_a_webhooks_secret_is_told_once(town: School) -> None:
    async with town.browser("admin") as admin:
        _, answer = await made(admin)
        assert answer["secret"].startswith("whsec_")
        held = (await said(admin.get("/api/webhooks")))[1]
        assert [one["url"] for one in held["webhooks"]] == [HOOK["url"]]
        assert held["webhooks"][0]["events"] == ["lesson.started", "lesson.ended"]
        assert answer["secret"] not in str(held)
    [kept] = await town.registry.webhooks()
    assert is_sealed(kept.secret), "it cannot be read in the registry"
    acts = [(act, what.split()[-1]) for _, _, act, what in await town.registry.notes()]
    assert acts == [("webhook.make", HOOK["url"])]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"url": "http://127.0.0.1/"}, "address-refused"),
        ({"url": "file:///etc/passwd"}, "bad-url"),
        ({"events": []}, "bad-event"),
        ({"events": ["webhook.ping"]}, "bad-event"),
        ({"events": ["lesson.ended", "all"]}, "bad-event"),
    ],
)
async def test_what_is_no_webhook_is_not_made(
    town: School, fields: dict[str, Any], code: str
) -> None:
    async with town.browser("admin") as admin:
        assert (await made(admin, **fields))[1]["code"] == code


async def test_webhooks_are_few(town: School) -> None:
    async with town.browser("admin") as admin, town.browser("cao") as cao:
        assert [(await made(cao))[0] for _ in range(21)] == [200] * 20 + [403]
        assert (await made(admin))[0] == 200


async def test_an_administrator_of_one_school_sees_and_touches_only_its_own(town: School) -> None:
    async with town.browser("admin") as admin, town.browser("cao") as cao:
        district = (await made(admin))[1]["shown"]["id"]
        own = (await made(cao))[1]["shown"]
        assert own["school"] == "草兴小学"
        seen = {
            name: len((await said(browser.get("/api/webhooks")))[1]["webhooks"])
            for name, browser in (("admin", admin), ("cao", cao))
        }
        assert seen == {"admin": 2, "cao": 1}
        assert (await said(cao.post(f"/api/webhooks/{district}/ping")))[0] == 404
        assert (await said(cao.delete(f"/api/webhooks/{district}")))[0] == 404
        assert (await said(admin.delete(f"/api/webhooks/{own['id']}")))[0] == 200
        assert (await said(cao.get("/api/webhooks")))[1]["webhooks"] == []


async def test_a_ping_arrives_and_may_be_sent_again(tmp_path: Path) -> None:
    async with Receiver() as receiver, school(tmp_path, work=False) as town:
        town.app.postman.allowed += networks(["127.0.0.0/8"])  # type: ignore[operator]
        running = asyncio.create_task(town.app.postman.run())
        async with town.browser("admin") as admin:
            answer = (await made(admin, url=receiver.url))[1]
            receiver.secret, at = answer["secret"], f"/api/webhooks/{answer['shown']['id']}"
            await said(admin.post(f"{at}/ping"))
            await until(lambda: len(receiver.told) == 1)

            async def arrived() -> bool:
                [hook] = (await said(admin.get("/api/webhooks")))[1]["webhooks"]
                return (hook["sent"][0]["done_at"] > 0, hook["sent"][0]["answer"]) == (True, "204")

            await until(arrived)
            assert (await said(admin.post(f"{at}/deliveries/{receiver.ids[0]}")))[0] == 200
            await until(lambda: len(receiver.told) == 2)
            assert (await said(admin.post(f"{at}/deliveries/x")))[0] == 404
        assert receiver.ids[0] == receiver.ids[1] and receiver.told[0]["type"] == "webhook.ping"
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_both_bells_of_a_lesson_and_what_is_handed_in_are_told(tmp_path: Path) -> None:
    """To an address that may not be reached: that it was tried is enough."""
    hook = Webhook("h1", "http://192.0.2.1/", [*CHOICES], "", "whsec_", "admin", 1.0)
    async with school(tmp_path) as town, town.browser("wang") as wang, town.browser() as pupil:
        await town.registry.save_webhook(hook)
        lesson = (await said(wang.post("/api/lessons", json={"title": "分数"})))[1]["id"]
        room = await town.app.rooms.open(LessonId(lesson))
        for command in (Join(), Begin(), End()):
            room.ask(TEACHER, command)
        asked = {"text": "第三题", "due": time.time() + 3600}
        slip = (await said(wang.post(f"/api/lessons/{lesson}/homework", json=asked)))[1]["code"]
        work = {"pupil": "陈小雨", "school": "草兴小学", "text": "三分之一"}
        handed = (await said(pupil.post(f"/api/slips/{slip}/works", json=work)))[1]

        async def told() -> list[Delivery]:
            return await town.registry.deliveries("h1", limit=9)

        async def all_tried() -> bool:
            return [one.answer for one in await told()] == ["address-refused"] * 3

        await until(all_tried)
        bodies = {one.event: one.body for one in await told()}
        assert {*bodies} == {"lesson.started", "lesson.ended", "homework.handed-in"}
        assert handed["work"] in bodies["homework.handed-in"]
        assert "陈小雨" not in str(bodies) and "三分之一" not in str(bodies)
        [waiting] = await town.registry.news(limit=9)
        assert waiting.event is Event.RECORDED, "nobody has signed it yet"
