"""A contest is announced, entered, judged by those who are asked, and closed with places."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from synclass.words import LessonId

from .server import School
from .studio import OVER
from .unions import told, unions

TODAY = date.today()
ASKED: dict[str, Any] = {
    "title": "课堂大比武",
    "about": "每位老师一节",
    "rubric": "评课表",
    "criteria": [{"name": "目标", "most": 40}, {"name": "互动", "most": 60}],
    "until": str(TODAY + timedelta(days=7)),
    "judges": ["qian", "li"],
}
HERS = replace(OVER, id=LessonId("hers"), teacher="qian")


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[School]:
    async with unions(tmp_path) as town:
        for card in (OVER, HERS):
            await town.registry.save_lesson(card)
        yield town


async def announced(town: School, **other: object) -> str:
    return str((await told(town, "admin", "/api/contests", {**ASKED, **other}))["id"])


async def gone(town: School, who: str, path: str) -> Any:
    async with town.browser(who) as browser, browser.delete(path) as answer:
        return await answer.json()


async def code(town: School, who: str, path: str, body: object = None) -> str:
    return str((await told(town, who, path, body)).get("code", ""))


async def test_the_regions_administrator_announces_and_changes_one(town: School) -> None:
    assert await code(town, "zhou", "/api/contests", ASKED) == "not-allowed"
    assert await code(town, "admin", "/api/contests", {**ASKED, "judges": ["nobody"]}) == "no-judge"
    assert await code(town, "admin", "/api/contests", {**ASKED, "criteria": []}) == "bad-points"
    id_ = await announced(town, title="<b>大</b>  比武")
    page = await told(town, "admin", f"/api/contests/{id_}")
    assert (page["title"], page["announces"], page["open"]) == ("<b>大</b> 比武", True, True)
    assert [(one["shown"], one["judged"]) for one in page["judges"]] == [
        ("钱老师", 0),
        ("李老师", 0),
    ]
    stale = {**ASKED, "id": id_, "version": 7}
    assert await code(town, "admin", "/api/contests", stale) == "changed-meanwhile"
    now = await told(town, "admin", "/api/contests", {**ASKED, "id": id_, "version": 1})
    assert now["title"] == "课堂大比武"
    seen = await told(town, "wang", f"/api/contests/{id_}")
    assert (seen["judges"], seen["announces"], seen["judging"]) == ([], False, False)
    assert await code(town, "wang", "/api/contests/none") == "no-contest"
    assert "contest.save" in [act for _, _, act, _ in await town.registry.notes()]


async def test_a_teacher_enters_one_lesson_of_her_own_and_withdraws_it(town: School) -> None:
    at = f"/api/contests/{await announced(town)}"
    assert [one["lesson"] for one in (await told(town, "wang", at))["offered"]] == ["over"]
    assert await code(town, "wang", f"{at}/lessons/hers", {}) == "not-yours"
    await town.registry.save_lesson(replace(OVER, id=LessonId("still"), code="1", ended_at=0.0))
    assert await code(town, "wang", f"{at}/lessons/still", {}) == "not-ended"
    entered = await told(town, "wang", f"{at}/lessons/over", {})
    assert [(one["title"], one["mine"]) for one in entered["entries"]] == [("小数的意义", True)]
    assert entered["offered"] == []
    assert await code(town, "wang", f"{at}/lessons/over", {}) == "entered"
    assert (await gone(town, "wang", f"{at}/lessons/over?version=9"))["code"] == "changed-meanwhile"
    assert (await gone(town, "wang", f"{at}/lessons/over?version=1"))["entries"] == []


async def test_after_the_last_day_nothing_is_entered_or_withdrawn(town: School) -> None:
    id_ = await announced(town)
    at = f"/api/contests/{id_}"
    await told(town, "wang", f"{at}/lessons/over", {})
    kept = await town.registry.contest(id_)
    assert kept
    await town.registry.put(replace(kept, until=TODAY - timedelta(days=1)))
    assert await code(town, "qian", f"{at}/lessons/hers", {}) == "late"
    assert (await gone(town, "wang", f"{at}/lessons/over?version=1"))["code"] == "late"
    page = await told(town, "qian", at)
    assert (page["open"], page["offered"], len(page["entries"])) == (False, [], 1)


async def test_a_judge_watches_what_was_entered_and_sees_only_what_they_gave(town: School) -> None:
    at = f"/api/contests/{await announced(town)}"
    watch = "/api/lessons/over/link"
    assert await code(town, "qian", watch) == "not-yours"
    await told(town, "wang", f"{at}/lessons/over", {})
    assert "link" in await told(town, "qian", watch)
    given = {"points": [30, 50], "summary": "追问得好"}
    assert await code(town, "wang", f"{at}/lessons/hers/verdict", given) == "not-yours"
    assert await code(town, "qian", f"{at}/lessons/none/verdict", given) == "no-lesson"
    wrong = {"points": [41, 0]}
    assert await code(town, "qian", f"{at}/lessons/over/verdict", wrong) == "bad-points"
    mine = await told(town, "qian", f"{at}/lessons/over/verdict", given)
    assert mine["entries"][0]["verdict"]["points"] == [30, 50]
    for who in ("li", "wang", "admin"):
        [entry] = (await told(town, who, at))["entries"]
        assert (entry["verdict"], entry["rank"], entry["points"]) == (None, 0, 0)
        assert (entry["averages"], entry["remarks"]) == ([], [])
    judges = (await told(town, "admin", at))["judges"]
    assert [(one["shown"], one["judged"]) for one in judges] == [("钱老师", 1), ("李老师", 0)]
    again = {**given, "points": [40, 50], "version": 1}
    await told(town, "qian", f"{at}/lessons/over/verdict", again)
    assert await code(town, "qian", f"{at}/lessons/over/verdict", again) == "changed-meanwhile"
    changed = {
        **ASKED,
        "id": at.rsplit("/", maxsplit=1)[-1],
        "version": 1,
        "criteria": ASKED["criteria"][:1],
    }
    assert await code(town, "admin", "/api/contests", changed) == "taken"
    listed = (await told(town, "qian", "/api/contests"))["contests"]
    assert [(one["entries"], one["judges"], one["judged"]) for one in listed] == [(1, True, 1)]


async def test_nobody_judges_their_own_lesson(town: School) -> None:
    at = f"/api/contests/{await announced(town)}"
    await told(town, "qian", f"{at}/lessons/hers", {})
    given = {"points": [40, 60]}
    assert await code(town, "qian", f"{at}/lessons/hers/verdict", given) == "own-lesson"


async def test_when_it_is_closed_everybody_sees_the_places_and_no_judge_watches_on(
    town: School,
) -> None:
    at = f"/api/contests/{await announced(town)}"
    await told(town, "wang", f"{at}/lessons/over", {})
    given = {"points": [30, 50], "summary": "追问得好"}
    await told(town, "qian", f"{at}/lessons/over/verdict", given)
    async with town.browser("wang") as browser, browser.get(f"{at}/places.csv") as answer:
        assert (await answer.json())["code"] == "not-closed"
    assert await code(town, "wang", f"{at}/close?version=1", {}) == "not-allowed"
    await told(town, "admin", f"{at}/close?version=1", {})
    [entry] = (await told(town, "wang", at))["entries"]
    assert (entry["rank"], entry["points"], entry["judges"]) == (1, 80.0, 1)
    assert entry["remarks"] == [{"shown": "", "text": "追问得好"}]
    [full] = (await told(town, "admin", at))["entries"]
    assert full["remarks"] == [{"shown": "钱老师", "text": "追问得好"}]
    async with town.browser("wang") as browser, browser.get(f"{at}/places.csv") as answer:
        assert "1,小数的意义,王老师" in (await answer.text())
    assert await code(town, "qian", f"{at}/lessons/over/verdict", given) == "contest-closed"
    assert await code(town, "admin", f"{at}/close?version=2", {}) == "contest-closed"
    assert await code(town, "qian", "/api/lessons/over/link") == "not-yours"


async def test_a_lesson_that_is_erased_keeps_its_place_and_is_judged_no_more(town: School) -> None:
    at = f"/api/contests/{await announced(town)}"
    await told(town, "wang", f"{at}/lessons/over", {})
    await town.registry.remove_lesson(OVER.id)
    [entry] = (await told(town, "qian", at))["entries"]
    assert (entry["title"], entry["there"]) == ("小数的意义", False)
    given = {"points": [1, 1]}
    assert await code(town, "qian", f"{at}/lessons/over/verdict", given) == "no-lesson"


async def test_a_contest_is_removed_with_all_of_it(town: School) -> None:
    at = f"/api/contests/{await announced(town)}"
    await told(town, "wang", f"{at}/lessons/over", {})
    assert (await gone(town, "zhou", f"{at}?version=1"))["code"] == "not-allowed"
    assert await gone(town, "admin", f"{at}?version=1") == {}
    assert await town.registry.entered() == [] == await town.registry.contests()
