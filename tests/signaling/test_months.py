"""The month of who looks after a region, an alliance or one school."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from synclass.ports import Account
from synclass.words import Role

from ..adapters.registry.test_figures import hold
from ..adapters.registry.villages import TOWN, VILLAGE, settle
from .server import HASH, School, school

MONTH = {"first": "2026-09-01", "last": "2026-09-30"}


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[School]:
    async with school(tmp_path) as town:
        await settle(town.registry)
        for name, of in (("liang", VILLAGE.name), ("zhou", TOWN.id)):
            await town.registry.save_account(Account(name, name, Role.ADMIN, of, HASH))
        await town.registry.put(replace(await town.registry.school("s1"), name="=中心小学"))
        await hold(town.registry, "m1", date(2026, 9, 8))
        yield town


async def asked(town: School, path: str, who: str = "admin", **query: str) -> Any:
    async with town.browser(who) as browser, browser.get(path, params=query) as answer:
        return await (answer.json() if "json" in answer.content_type else answer.text())


async def test_the_region_reads_its_month_and_which_lessons_a_number_counts(town: School) -> None:
    held = await asked(town, "/api/months", **MONTH)
    assert [(one["of"], one["lessons"], one["rooms"]) for one in held["schools"]] == [("s1", 1, 1)]
    assert [one["of"] for one in held["days"]] == ["2026-09-08"]
    assert (held["alliances"], held["own"]) == ({"a1": "城东教育联盟"}, "")
    assert held["alliance_of"] == {"s1": "a1", "s2": "a1"}
    one = await asked(town, "/api/months", school="s1", **MONTH)
    assert len(one["schools"]) == len(one["days"]) == 1 and list(one["names"]) == ["s1"]
    assert (await asked(town, "/api/months", school="s2", **MONTH))["days"] == []
    assert held["names"] == {"s1": "=中心小学", "s2": VILLAGE.name}
    counted = await asked(town, "/api/months/lessons", school="s1", **MONTH)
    assert [one["figure"]["lesson"] for one in counted["lessons"]] == ["m1"]
    assert counted["teachers"] == {"wang": "Wang"}
    assert (await asked(town, "/api/months", alliance="a2", **MONTH))["schools"] == []
    assert len((await asked(town, "/api/months", alliance="a1", **MONTH))["schools"]) == 1


async def test_who_looks_after_one_school_reads_no_other(town: School) -> None:
    assert (await asked(town, "/api/months", "liang", **MONTH))["schools"] == []
    assert len((await asked(town, "/api/months", "zhou", **MONTH))["schools"]) == 1
    for path in ("/api/months", "/api/months.csv", "/api/months/lessons"):
        other = await asked(town, path, "liang", school="s1", **MONTH)
        assert other["code"] == "not-yours"
    assert (await asked(town, "/api/months", "liang", **MONTH))["own"] == "s2"
    assert (await asked(town, "/api/months", "wang", **MONTH))["code"] == "not-allowed"


async def test_the_month_is_a_sheet_whose_cells_no_spreadsheet_runs(town: School) -> None:
    sheet = (await asked(town, "/api/months.csv", **MONTH)).splitlines()
    assert sheet[0].startswith("\ufeff学校,课次") and len(sheet) == 2
    assert sheet[1] == "'=中心小学,1,40,1,0.950,1.000,30,28,25,20"
    assert (await town.registry.notes())[0][1:3] == ("admin", "sheets.take")


@pytest.mark.parametrize(
    "days",
    [
        {},
        {"first": "2026-09-01"},
        {"first": "x", "last": "2026-09-30"},
        {"first": "2026-09-30", "last": "2026-09-01"},
        {"first": "2020-01-01", "last": "2026-09-01"},
    ],
)
async def test_days_that_are_none_are_refused(town: School, days: dict[str, str]) -> None:
    assert (await asked(town, "/api/months", **days))["code"] == "bad-date"
