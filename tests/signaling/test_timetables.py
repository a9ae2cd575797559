"""The timetable over HTTP: a week as those in it see it, and no lesson in two places."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import to_builtins
from msgspec.structs import replace

from synclass.school.places import Bell
from synclass.school.timetable import Slot

from ..adapters.registry.villages import MATHS, VILLAGE, settle
from .server import School, school


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[School]:
    async with school(tmp_path) as town:
        await settle(town.registry)
        yield town


async def week(town: School, who: str, **asked: str) -> Any:
    async with town.browser(who) as browser, browser.get("/api/timetable", params=asked) as answer:
        return await answer.json()


async def saved(town: School, slot: Slot) -> tuple[int, Any]:
    body = to_builtins(slot)
    path = "/api/timetable"
    async with town.browser("admin") as browser, browser.post(path, json=body) as answer:
        return answer.status, await answer.json()


@pytest.mark.parametrize("asked", [{"school": "s2"}, {"teacher": "p1"}, {"classroom": "c2"}])
async def test_a_teacher_sees_the_week_of_a_school_a_room_and_a_colleague(
    town: School, asked: dict[str, str]
) -> None:
    found = await week(town, "wang", **asked)
    assert [slot["id"] for slot in found["slots"]] == ["l1"]
    assert found["teachers"] == {"p1": "王老师"} and found["term"]["id"] == "t1"
    assert {one["id"] for one in found["schools"]} == {"s1", "s2"}


async def test_a_week_of_nobody_and_of_no_term_is_empty(town: School) -> None:
    assert (await week(town, "wang"))["slots"] == []
    assert (await week(town, "wang", school="s1", term="t9"))["term"] is None


async def test_a_lesson_that_takes_a_teacher_from_another_is_refused_with_its_name(
    town: School,
) -> None:
    status, answer = await saved(town, replace(MATHS, id="l2", title="语文", listeners=[]))
    assert (status, answer["code"]) == (409, "clash")
    assert "分数" in answer["message"] and "王老师" in answer["message"]
    about = {"what": "teacher", "title": "分数", "who": "王老师", "where": ""}
    assert answer["parts"] == about, "so that a page says it in its reader's language"
    assert (await saved(town, replace(MATHS, id="l2", period=3)))[0] == 200
    assert (await saved(town, replace(MATHS, version=1, title="分数二")))[0] == 200


async def test_a_lesson_that_cannot_be_is_refused(town: School) -> None:
    assert (await saved(town, replace(MATHS, id="l2", period=9)))[1]["code"] == "bad-slot"
    assert (await saved(town, replace(MATHS, id="l2", room="c2")))[1]["code"] == "bad-slot"
    other = replace(MATHS, id="l2", room="c2", listeners=[])
    assert (await saved(town, other))[1]["code"] == "no-classroom"


async def test_a_lesson_beside_the_bell_of_a_village_is_shown_as_a_clash(town: School) -> None:
    await town.registry.put(replace(VILLAGE, version=1, bells=[Bell(520, 560)]))
    (clash,) = (await week(town, "li", school="s2"))["clashes"]
    assert (clash["what"], clash["which"]) == ("bells", "s2")
