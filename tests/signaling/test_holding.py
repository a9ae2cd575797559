"""A lesson that an admin holds stays, whoever wants it gone."""

import asyncio
from pathlib import Path

from recorder import keys
from recorder.eraser import FileEraser
from recorder.shelf import lesson_folder
from synclass.erasure import Erasure
from synclass.ports import Hold

from ..conftest import VILLAGE
from ..waiting import until
from .server import School, school
from .test_erasing import record
from .test_films import over
from .test_rooms import CARD, LESSON

DOOR, ERASURE = f"/api/lessons/{LESSON}/hold", f"/api/lessons/{LESSON}/erasure"
WHY = "教育局来函：申诉期间保留"


async def acts(town: School) -> list[tuple[str, str, str]]:
    """What was done to keep or to erase."""
    notes = await town.registry.notes()
    ours = ("lesson.hold", "lesson.lift", "lesson.erase", "voice.erase")
    return [(who, act, what) for _, who, act, what in notes if act in ours]


async def test_a_held_lesson_is_not_erased_until_the_hold_is_lifted(tmp_path: Path) -> None:
    async with school(tmp_path) as town, town.browser("admin") as admin:
        await over(town)
        record(tmp_path)
        async with admin.post(DOOR, json={"why": f"  {WHY} "}) as answer:
            assert answer.status == 200
        async with admin.get(DOOR) as answer:
            held = await answer.json()
            assert (held["why"], held["who"]) == (WHY, "admin") and held["at"] > 0
        for who in ("", VILLAGE.id):
            async with admin.post(ERASURE, json={"who": who}) as answer:
                assert (answer.status, (await answer.json())["code"]) == (409, "held")
        async with admin.get("/api/lessons") as answer:
            assert [card["held"] for card in (await answer.json())["lessons"]] == [True]
        assert keys.holders(lesson_folder(tmp_path, LESSON)) == [VILLAGE.id]
        for _ in range(2):
            async with admin.delete(DOOR) as answer:
                assert answer.status == 200
        async with admin.post(ERASURE, json={}) as answer:
            assert answer.status == 200
        assert not lesson_folder(tmp_path, LESSON).exists()
        assert await acts(town) == [
            ("admin", "lesson.erase", LESSON),
            ("admin", "lesson.lift", LESSON),
            ("admin", "lesson.hold", f"{LESSON} {WHY}"),
        ]


async def test_an_admin_alone_holds_and_says_why(tmp_path: Path) -> None:
    async with school(tmp_path) as town, town.browser("admin") as admin:
        await over(town)
        for name, status in (("", 401), ("wang", 403), ("zhao", 403)):
            async with town.browser(name) as other:
                for call in (other.post(DOOR, json={"why": WHY}), other.delete(DOOR)):
                    async with call as answer:
                        assert answer.status == status
        for why in ("", "   ", "x" * 201, "a\x00b"):
            async with admin.post(DOOR, json={"why": why}) as answer:
                assert (await answer.json())["code"] == "bad-text"
        async with admin.get(DOOR) as answer:
            assert await answer.json() == {"why": "", "who": "", "at": 0.0}
        async with admin.post("/api/lessons/nothing/hold", json={"why": WHY}) as answer:
            assert answer.status == 404
        assert await town.registry.holds() == []


async def test_a_hold_comes_before_an_order_that_was_not_begun(tmp_path: Path) -> None:
    """The order lies on the disk, the server fell, and meanwhile the lesson was held."""
    async with school(tmp_path) as town:
        await over(town)
        record(tmp_path)
    for erasure in (Erasure(LESSON), Erasure(LESSON, VILLAGE.id)):
        FileEraser(tmp_path).order(erasure)
    async with school(tmp_path, work=False) as town:
        await town.registry.put_hold(Hold(LESSON, "admin", WHY, 1.0))
        work = asyncio.create_task(town.app.erasing.run())
        await until(lambda: not FileEraser(tmp_path).ordered())
        await work
        assert await town.registry.lesson(CARD.id) is not None
        assert keys.holders(lesson_folder(tmp_path, LESSON)) == [VILLAGE.id]
        assert await acts(town) == []
