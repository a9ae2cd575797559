"""An ended lesson is evaluated by rubric: mine beside the patrol's, each once, by who may."""

from pathlib import Path
from typing import Any

import pytest

from synclass.conduct import End
from synclass.ports import Account
from synclass.words import Role

from ..conftest import TEACHER
from .server import HASH, School, school
from .test_homework import ask
from .test_replays import taught
from .test_rooms import LESSON

PATH = f"lessons/{LESSON}/evaluations"
POINTS = [15, 18, 20, 16, 12, 9]


async def over(town: School) -> None:
    await taught(town)
    (await town.app.rooms.open(LESSON)).ask(TEACHER, End())


def said(points: list[int], *remarks: tuple[float, str], **more: Any) -> dict[str, Any]:
    told = [{"at": at, "text": text} for at, text in remarks]
    return {"version": 0, "rubric": "", "points": points, "remarks": told, **more}


async def test_mine_stands_beside_the_patrols_and_both_make_the_average(tmp_path: Path) -> None:
    async with (
        school(tmp_path) as town,
        town.browser("zhao") as zhao,
        town.browser("wang") as wang,
    ):
        await over(town)
        await ask(zhao, PATH, json=said(POINTS, (0, "板书清楚"), summary="扎实"))
        both = await ask(wang, PATH, json=said([13, *POINTS[1:]], (0, "这里太快")))
        assert [one["role"] for one in both["evaluations"]] == ["patrol", "teacher"]
        assert both["averages"][0]["points"] == 14 and both["averages"][0]["of"] == 2
        assert both["mine"] == both["evaluations"][1]["id"]
        assert await ask(wang, PATH, json=said(POINTS)) == "taken", "one each"
        again = await ask(wang, PATH, json=said(POINTS, version=1))
        assert again["averages"][0]["points"] == 15


async def test_who_may_not_watch_does_not_evaluate(tmp_path: Path) -> None:
    async with school(tmp_path) as town:
        await over(town)
        for name, code in (("", "login"), ("li", "not-allowed"), ("sun", "not-yours")):
            async with town.browser(name) as browser:
                assert await ask(browser, PATH) == code
                assert await ask(browser, PATH, json=said(POINTS)) == code


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (said([99, *POINTS[1:]]), "bad-points"),
        (said([]), "bad-points"),
        (said(POINTS, (1e9, "x")), "bad-moment"),
        (said(POINTS, (0, " ")), "bad-text"),
        (said(POINTS, rubric="r9"), "no-rubric"),
        ({"points": "many"}, "malformed"),
    ],
)
async def test_points_remarks_and_rubric_are_looked_at(
    tmp_path: Path, told: dict[str, Any], code: str
) -> None:
    async with school(tmp_path) as town, town.browser("zhao") as zhao:
        await taught(town)
        assert await ask(zhao, PATH, json=said(POINTS)) == "not-now"
        (await town.app.rooms.open(LESSON)).ask(TEACHER, End())
        assert await ask(zhao, PATH, json=told) == code


async def test_a_school_has_rubrics_of_its_own_and_leaves_others_alone(tmp_path: Path) -> None:
    async with school(tmp_path) as town:
        for name, of in (("liang", "草兴小学"), ("he", "中心小学")):
            await town.registry.save_account(Account(name, name, Role.ADMIN, of, HASH))
        new = {"title": "我校评课表", "criteria": [{"name": "互动", "most": 10}]}
        async with town.browser("liang") as liang, town.browser("he") as he:
            made = await ask(liang, "rubrics", json=new)
            assert made["school"] == "草兴小学"
            assert await ask(he, "rubrics", json={**new, "id": made["id"]}) == "not-yours"
            bad = {**new, "criteria": [{"name": "互动", "most": 0}]}
            assert await ask(liang, "rubrics", json=bad) == "bad-points"
            assert (await ask(he, "rubrics"))["rubrics"] == []
            assert len((await ask(liang, "rubrics"))["rubrics"]) == 1
            for browser, version, status in ((he, "1", 403), (liang, "x", 400), (liang, "1", 200)):
                path = f"/api/rubrics/{made['id']}?version={version}"
                async with browser.delete(path) as answer:
                    assert answer.status == status
