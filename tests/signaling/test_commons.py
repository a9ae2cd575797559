"""Policies and who has read them; trainings, who registers and who came."""

import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from .server import School
from .unions import told, unions

POLICY = {"title": " 听课 制度 ", "text": "每周一次\n<b>村小</b>"}


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[School]:
    async with unions(tmp_path) as town:
        yield town


async def asked(town: School, who: str, section: str, body: object = None) -> Any:
    return await told(town, who, f"/api/alliances/a1/{section}", body)


async def test_a_policy_has_versions_and_schools_that_have_read_them(town: School) -> None:
    (first,) = (await asked(town, "zhou", "policies", POLICY))["policies"]
    assert (first["title"], first["number"], first["by"]) == ("听课 制度", 1, "周校长")
    read = f"policies/{first['id']}/read"
    for who in ("li", "li", "wang"):
        readings = (await asked(town, who, read, {"number": 1}))["readings"]
    assert [(one["school"], one["shown"]) for one in readings] == [
        ("s2", "李老师"),
        ("s1", "王老师"),
    ]
    again = {**POLICY, "text": "每周两次", "id": first["id"], "number": 1}
    both = (await asked(town, "admin", "policies", again))["policies"]
    assert [one["number"] for one in both] == [2, 1]
    assert (await asked(town, "zhou", "policies", again))["code"] == "changed-meanwhile"
    assert [note[2] for note in await town.registry.notes()][:2] == [
        "alliance.policy",
        "alliance.read",
    ]


@pytest.mark.parametrize(
    ("who", "path", "body", "code"),
    [
        ("li", "policies/nowhere/read", {"number": 1}, "not-there"),
        ("admin", "policies/nowhere/read", {"number": 1}, "no-school"),
        ("zhou", "policies", {"title": "", "text": "x"}, "bad-text"),
        ("zhou", "policies", {"title": "x", "text": "x", "number": 3}, "not-there"),
        (
            "zhou",
            "policies",
            {"title": "x", "text": "x", "id": "y", "number": 3},
            "changed-meanwhile",
        ),
        ("zhou", "policies", {"title": 1}, "malformed"),
        ("li", "trainings/nowhere/register", {"coming": True}, "not-there"),
        (
            "zhou",
            "trainings",
            {"title": "x", "about": "", "place": "", "starts_at": 0},
            "bad-moment",
        ),
    ],
)
async def test_what_cannot_be_is_refused(
    town: School, who: str, path: str, body: object, code: str
) -> None:
    assert (await asked(town, who, path, body))["code"] == code


def course(starts_at: float, **more: object) -> dict[str, object]:
    return {"title": "远端教室", "about": "", "place": "中心小学", "starts_at": starts_at, **more}


async def test_teachers_register_until_it_begins_and_who_came_is_noted(town: School) -> None:
    soon = time.time() + 3600
    (event,) = (await asked(town, "zhou", "trainings", course(soon, seats=1)))["trainings"]
    at = f"trainings/{event['id']}"
    assert (await asked(town, "li", f"{at}/register", {"coming": True}))["me"] == "li"
    assert (await asked(town, "wang", f"{at}/register", {"coming": True}))["code"] == "full"
    assert (await asked(town, "li", f"{at}/register", {"coming": False}))["attendees"] == []
    await asked(town, "wang", f"{at}/register", {"coming": True})
    assert (await asked(town, "liang", f"{at}/came", {"account": "wang", "came": True}))[
        "code"
    ] == "not-leading"
    assert (await asked(town, "zhou", f"{at}/came", {"account": "li", "came": True}))[
        "code"
    ] == "not-there"
    came = await asked(town, "zhou", f"{at}/came", {"account": "wang", "came": True})
    assert [(one["school"], one["came"]) for one in came["attendees"]] == [("s1", True)]
    kept = await town.registry.training(event["id"])
    assert kept
    await town.registry.put(replace(kept, starts_at=1.0))
    assert (await asked(town, "li", f"{at}/register", {"coming": True}))["code"] == "not-now"


async def test_a_training_is_changed_and_removed_by_its_own_alliance_alone(town: School) -> None:
    soon = time.time() + 3600
    (event,) = (await asked(town, "zhou", "trainings", course(soon)))["trainings"]
    moved = course(soon + 60, id=event["id"], version=1)
    assert (await asked(town, "zhou", "trainings", moved))["trainings"][0]["version"] == 2
    west = f"/api/alliances/a2/trainings/{event['id']}?version=2"
    east = f"/api/alliances/a1/trainings/{event['id']}?version=2"
    async with town.browser("admin") as browser:
        codes = []
        for path in (west, east):
            async with browser.delete(path) as answer:
                codes.append((await answer.json()).get("code", ""))
    assert codes == ["not-there", ""]
    assert (await asked(town, "wang", "trainings"))["trainings"] == []
