"""A teacher and a village's co-teacher prepare a lesson together, over HTTP."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from .server import School, school
from .test_rooms import CARD, LESSON

HERE = f"/api/lessons/{LESSON}/plan"
FIRST = {"aims": "理解分数", "points": "", "steps": "看图\n分苹果", "homework": "练习一"}


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[School]:
    async with school(tmp_path) as town:
        await town.registry.save_lesson(CARD)
        yield town


async def post(browser: ClientSession, path: str, body: object) -> Any:
    async with browser.post(f"{HERE}{path}", json=body) as answer:
        return await answer.json()


async def get(browser: ClientSession, path: str = "") -> Any:
    async with browser.get(f"{HERE}{path}") as answer:
        return await answer.json()


async def test_two_who_write_one_plan_lose_nothing_and_see_what_changed(town: School) -> None:
    async with town.browser("wang") as wang, town.browser("li") as li:
        assert (await get(wang))["version"] == 0
        assert await post(wang, "", {"seen": 0, "plan": FIRST}) == {"version": 1}
        theirs = FIRST | {"steps": "看图\n分月饼"}
        assert await post(li, "", {"seen": 1, "plan": theirs}) == {"version": 2}
        late = await post(wang, "", {"seen": 1, "plan": FIRST | {"aims": "认识"}})
        assert late["code"] == "changed-meanwhile"
        told = await get(wang)
        assert (told["version"], told["plan"], told["title"]) == (2, theirs, CARD.title)
        assert [(one["number"], one["who"]) for one in told["versions"]] == [(2, "Li"), (1, "Wang")]
        lines = (await get(wang, "/difference?from=1&to=2"))["lines"]
        changed = [(line["change"], line["text"]) for line in lines if line["change"] != "same"]
        assert changed == [("removed", "分苹果"), ("added", "分月饼")]
        whole = (await get(li, "/difference?from=0&to=1"))["lines"]
        assert {line["change"] for line in whole} == {"added"}


async def test_remarks_are_answered_by_lecturing_and_village_teachers(town: School) -> None:
    async with town.browser("wang") as wang, town.browser("li") as li:
        asked = await post(li, "/remarks", {"text": "没学过约分", "section": "steps"})
        assert (asked["who"], asked["section"], asked["parent"]) == ("Li", "steps", 0)
        await post(wang, "/remarks", {"text": "那先讲", "parent": asked["id"]})
        remarks = (await get(li))["remarks"]
        assert [one["who"] for one in remarks] == ["Li", "Wang"]
        assert remarks[1]["parent"] == asked["id"]
        assert remarks[1]["section"] == "steps"


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("", {"seen": 0, "plan": {"aims": "一" * 8001}}, "bad-plan"),
        ("", {"seen": 3, "plan": FIRST}, "changed-meanwhile"),
        ("", {"plan": FIRST}, "malformed"),
        ("/remarks", {"text": " "}, "bad-remark"),
        ("/remarks", {"text": "好", "parent": 7}, "no-remark"),
        ("/remarks", {"text": "好", "section": "x"}, "bad-remark"),
    ],
)
async def test_what_cannot_be_kept_is_refused_and_changes_nothing(
    town: School, path: str, body: object, code: str
) -> None:
    async with town.browser("wang") as wang:
        assert (await post(wang, path, body))["code"] == code
        told = await get(wang)
        assert (told["version"], told["remarks"]) == (0, [])


@pytest.mark.parametrize(
    ("query", "code"), [("from=1&to=2", "no-version"), ("from=x&to=2", "bad-number")]
)
async def test_a_version_that_is_not_there_is_not_compared(
    town: School, query: str, code: str
) -> None:
    async with town.browser("wang") as wang:
        assert (await get(wang, f"/difference?{query}"))["code"] == code


async def test_another_teachers_plan_is_not_ones_own(town: School) -> None:
    async with town.browser("sun") as sun, town.browser("zhao") as zhao, town.browser() as nobody:
        assert (await post(sun, "", {"seen": 0, "plan": FIRST}))["code"] == "not-yours"
        assert (await post(zhao, "", {"seen": 0, "plan": FIRST}))["code"] == "not-allowed"
        assert (await get(zhao))["version"] == 0
        assert (await get(nobody))["code"] == "login"
