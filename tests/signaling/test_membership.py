"""Who looks at an alliance: people of its schools, and whoever looks after all."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from signaling.membership import own_of
from synclass.ports import Account
from synclass.words import Role

from ..adapters.registry.villages import TOWN, VILLAGE
from .server import School
from .unions import told, unions

EAST, WEST, GONE = (f"/api/alliances/{one}" for one in ("a1", "a2", "a9"))


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[School]:
    async with unions(tmp_path) as town:
        yield town


@pytest.mark.parametrize("who", ["qian", "feng", "sun"])
async def test_another_alliances_people_are_refused(town: School, who: str) -> None:
    assert (await told(town, who, EAST))["code"] == "not-yours"


async def test_people_of_its_schools_and_of_the_district_look_at_it(town: School) -> None:
    pages = {who: await told(town, who, EAST) for who in ("wang", "li", "zhou", "admin", "zhao")}
    assert [(who, one["own"], one["leads"]) for who, one in pages.items()] == [
        *(("wang", "s1", False), ("li", "s2", False), ("zhou", "s1", True)),
        *(("admin", "", True), ("zhao", "", False)),
    ]
    assert [one["anywhere"] for one in pages.values()] == [False, False, False, True, False]
    assert (await told(town, "admin", GONE))["code"] == "no-alliance"
    assert (await told(town, "", EAST))["code"] == "login"


async def test_only_the_school_that_leads_writes_for_all(town: School) -> None:
    policy = {"title": "听课制度", "text": "每周一次"}
    codes = [
        (await told(town, who, f"{EAST}/policies", policy)).get("code", "")
        for who in ("zhou", "admin", "liang", "feng", "wang", "zhao")
    ]
    assert codes == ["", "", "not-leading", "not-yours", "not-allowed", "not-allowed"]


def test_an_account_names_its_school_by_name_or_id() -> None:
    by_id, by_name, nobody = (
        Account("x", "x", Role.TEACHER, of, "") for of in (TOWN.id, VILLAGE.name, "")
    )
    assert own_of(by_id, [TOWN, VILLAGE]) is TOWN and own_of(by_name, [TOWN, VILLAGE]) is VILLAGE
    assert own_of(nobody, [TOWN, VILLAGE]) is None
