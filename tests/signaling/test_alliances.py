"""An alliance's page: what its lessons, timetable and library say of its schools."""

import time
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from synclass.school.places import Classroom
from synclass.school.resources import Reach, Resource
from synclass.words import LessonId

from ..adapters.registry.test_evaluations import SAID
from ..adapters.registry.test_figures import hold
from ..adapters.registry.villages import LISTENING, TERM, TOWN
from .server import School
from .unions import told, unions


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[School]:
    async with unions(tmp_path) as town:
        today = date.today()
        term = replace(TERM, version=1, first=today, last=date(today.year + 1, today.month, 28))
        await town.registry.put(term)
        await hold(town.registry, "m1", today)
        yield town


async def asked(town: School, section: str, who: str = "wang") -> Any:
    return await told(town, who, f"/api/alliances/a1{section}")


async def test_each_sees_their_own_alliance_and_the_district_all(town: School) -> None:
    lists = {}
    for who in ("wang", "qian", "sun", "admin"):
        found = await told(town, who, "/api/alliances")
        lists[who] = [one["id"] for one in found["alliances"]]
    assert lists == {"wang": ["a1"], "qian": ["a2"], "sun": [], "admin": ["a1", "a2"]}


async def test_the_library_of_an_alliance_has_what_its_schools_share_with_it(town: School) -> None:
    for n, reach in enumerate(Reach):
        lesson = LessonId("m1") if reach is Reach.ALLIANCE else LessonId(f"n{n}")
        await hold(town.registry, lesson)
        one = Resource(lesson, lesson, TOWN.name, reach, "wang", "", [], "", time.time() + n)
        await town.registry.put(one)
    found = (await asked(town, "/resources", "li"))["resources"]
    assert [one["resource"]["reach"] for one in found] == ["region", "alliance"]
    assert (found[0]["title"], found[0]["by"]) == ("分数", "王老师")


async def test_the_course_plan_names_the_classrooms_that_lack_something(town: School) -> None:
    await town.registry.put(replace(LISTENING, id="c3", name="五年级"))
    plan = await asked(town, "/courses")
    assert plan["term"] == TERM.name
    assert [(one["school"], one["rooms"], one["gives"]) for one in plan["taught"]] == [
        *(("s1", 1, True), ("s2", 1, False))
    ]
    assert plan["gaps"] == [{"school": "s2", "subject": "数学", "rooms": ["五年级"]}]
    far = Classroom("c9", "s3", "一班")
    await town.registry.put(far)
    assert (await told(town, "qian", "/api/alliances/a2/courses"))["gaps"] == []


async def test_quality_is_of_this_alliances_schools(town: School) -> None:
    quality = await asked(town, "/quality")
    assert [(one["of"], one["lessons"], one["right"]) for one in quality["schools"]] == [
        ("s1", 1, 20)
    ]
    assert quality["first"] == quality["last"] == date.today().isoformat()
    assert (await told(town, "feng", "/api/alliances/a2/quality"))["schools"] == []


async def test_evaluations_are_averaged_by_school(town: School) -> None:
    await town.registry.put(SAID)
    await town.registry.put(replace(SAID, id="m1 li", account="li", points=[5] * 6, made_at=9.0))
    judging = await asked(town, "/evaluations")
    (one,) = judging["schools"]
    assert (one["school"], one["lessons"], one["evaluators"]) == ("s1", 1, 2)
    assert (one["points"], one["most"], one["averages"][0]["points"]) == (60.0, 100.0, 10.0)
    assert [(j["title"], j["points"]) for j in judging["latest"]] == [("分数", 30), ("分数", 90)]
