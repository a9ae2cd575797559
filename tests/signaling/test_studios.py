"""A studio is founded, a teacher asks to come, another is asked, and one is released."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from .server import School
from .studio import STUDIO, asked, gone, studio
from .unions import told

NEW = {"name": "周老师语文工作室", "subject": "语文", "master": "wang"}


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[School]:
    async with studio(tmp_path) as town:
        yield town


async def test_an_administrator_founds_one_for_a_teacher_of_the_own_school(town: School) -> None:
    assert (await told(town, "feng", "/api/studios", NEW))["code"] == "not-yours"
    assert (await told(town, "wang", "/api/studios", NEW))["code"] == "not-allowed"
    for master in ("li", "nobody"):
        refused = await told(town, "admin", "/api/studios", {**NEW, "master": master})
        assert refused["code"] == "no-teacher"
    made = await told(town, "zhou", "/api/studios", {**NEW, "name": "<b>周</b>  老师"})
    assert (made["studio"]["name"], made["founds"]) == ("<b>周</b> 老师", True)
    listed = await told(town, "li", "/api/studios")
    assert [(one["master"], one["school"]) for one in listed["studios"]] == [
        ("王老师", "中心小学")
    ] * 2
    assert not listed["founds"]


async def test_a_teacher_asks_to_come_and_the_master_takes_her_in(town: School) -> None:
    waits = await asked(town, "li", "/join", {})
    assert (waits["standing"], waits["inside"], len(waits["people"])) == ("asked", False, 2)
    again = await asked(town, "li", "/join", {"version": 1})
    assert again["standing"] == "asked"
    seen = (await asked(town, "wang"))["people"]
    assert [(one["shown"], one["school"], one["standing"]) for one in seen] == [
        *(("王老师", "中心小学", "in"), ("钱老师", "双庙中心校", "in")),
        ("李老师", "草兴小学", "asked"),
    ]
    await asked(town, "wang", "/apprentices", {"account": "li", "version": 1})
    assert (await asked(town, "li"))["inside"]
    acts = [act for _, _, act, _ in await town.registry.notes()]
    assert {"studio.asked", "studio.in"} <= set(acts)


async def test_who_is_asked_says_yes_or_no(town: School) -> None:
    await asked(town, "wang", "/apprentices", {"account": "li"})
    invited = await asked(town, "li")
    assert (invited["standing"], invited["inside"]) == ("invited", False)
    assert (await gone(town, "li", "/join?version=9"))["code"] == "changed-meanwhile"
    assert (await gone(town, "li", "/join?version=1"))["standing"] is None
    await asked(town, "wang", "/apprentices", {"account": "li"})
    assert (await asked(town, "li", "/join", {"version": 1}))["inside"]


async def test_only_the_master_says_who_is_in_it(town: School) -> None:
    assert (await asked(town, "qian", "/apprentices", {"account": "li"}))["code"] == "not-yours"
    assert (await gone(town, "qian", "/apprentices/qian?version=1"))["code"] == "not-yours"
    assert (await gone(town, "feng", "/apprentices/qian?version=1"))["code"] == "not-yours"
    for name in ("wang", "zhao", "nobody"):
        refused = await asked(town, "wang", "/apprentices", {"account": name})
        assert refused["code"] == "no-teacher"
    left = await gone(town, "wang", "/apprentices/qian?version=1")
    assert [one["account"] for one in left["people"]] == ["wang"]
    assert (await gone(town, "wang", "/apprentices/qian?version=1"))["code"] == "not-there"


async def test_two_who_change_it_meet_and_the_last_closes_it(town: School) -> None:
    body = {"name": "王老师工作室", "subject": "数学", "about": "每周一次", "version": 1}
    assert (await asked(town, "zhou", "", body))["studio"]["version"] == 2
    assert (await asked(town, "wang", "", body))["code"] == "changed-meanwhile"
    assert (await asked(town, "wang", "", {**body, "version": 0}))["code"] == "changed-meanwhile"
    assert (await asked(town, "wang", "", {**body, "name": " "}))["code"] == "bad-text"
    assert (await asked(town, "qian", "", body))["code"] == "not-yours"
    assert (await gone(town, "wang", "?version=2"))["code"] == "not-allowed"
    assert await gone(town, "zhou", "?version=2") == {}
    assert (await asked(town, "wang"))["code"] == "no-studio"
    assert await town.registry.studio(STUDIO.id) is None
