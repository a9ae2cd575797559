"""What is said of lessons, and what classes of several schools do together."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ..adapters.registry.test_common import PLAN
from ..adapters.registry.test_figures import CARD, hold
from .server import School
from .unions import told, unions

SONGS = {"title": "山歌会", "about": "", "day": "2026-11-03", "rooms": ["c1", "c2", "c1"]}


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[School]:
    async with unions(tmp_path) as town:
        await hold(town.registry, CARD.id, date.today())
        await town.registry.save_plan(CARD.id, 0, PLAN)
        yield town


async def asked(town: School, who: str, section: str, body: object = None) -> Any:
    return await told(town, who, f"/api/alliances/a1/{section}", body)


async def test_teachers_of_all_its_schools_talk_about_a_lesson(town: School) -> None:
    first = await asked(town, "li", "research", {"text": "导入太长", "lesson": CARD.id})
    assert [(one["lesson"], one["versions"]) for one in first["prepared"]] == [(CARD.id, 1)]
    assert first["teachers"] == {"wang": "王老师"}
    parent = first["words"][0]["id"]
    answered = await asked(town, "wang", "research", {"text": "下次四分钟", "parent": parent})
    assert [(one["shown"], one["school"], one["parent"]) for one in answered["words"]] == [
        *(("李老师", "s2", 0), ("王老师", "s1", parent))
    ]
    assert (await asked(town, "qian", "research"))["code"] == "not-yours"


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("research", {"text": " "}, "bad-text"),
        ("research", {"text": "x", "parent": 99}, "no-word"),
        ("research", {"text": "x", "lesson": "nowhere"}, "not-there"),
        ("exchanges", {**SONGS, "rooms": ["c1"]}, "one-school"),
        ("exchanges", {**SONGS, "rooms": ["c1", "c9"]}, "no-classroom"),
        ("exchanges", {**SONGS, "title": ""}, "bad-text"),
        ("exchanges", {**SONGS, "lesson": "nowhere"}, "not-there"),
        ("exchanges", {**SONGS, "id": "nowhere", "version": 1}, "not-there"),
        ("exchanges", {**SONGS, "day": "morgen"}, "malformed"),
    ],
)
async def test_what_cannot_be_is_refused(town: School, path: str, body: object, code: str) -> None:
    assert (await asked(town, "zhou", path, body))["code"] == code


async def test_an_exchange_shows_what_the_classrooms_did_in_its_lesson(town: School) -> None:
    kept = await asked(town, "zhou", "exchanges", {**SONGS, "lesson": CARD.id})
    (one,) = kept["exchanges"]
    assert (one["rooms"], one["lesson"]) == (["c1", "c2"], CARD.id)
    assert [room["hands"] for room in kept["held"][CARD.id]] == [2]
    assert {room["id"] for room in kept["rooms"]} == {"c1", "c2"}
    did = {school["school"]: (school["lessons"], school["hands"]) for school in kept["schools"]}
    assert did == {"s1": (0, 0), "s2": (1, 2)}
    async with town.browser("zhou") as browser:
        at = f"/api/alliances/a1/exchanges/{one['id']}"
        async with browser.delete(f"{at}?version=9") as answer:
            assert (await answer.json())["code"] == "changed-meanwhile"
        async with browser.delete(f"{at}?version=1") as answer:
            assert answer.ok
    assert (await asked(town, "li", "exchanges"))["exchanges"] == []
