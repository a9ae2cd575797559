"""A teacher keeps how classrooms worked together, and finds it in her next lesson."""

import time
from typing import Any

from synclass.ports import LessonCard
from synclass.words import LessonId

from .server import School

ON = "/api/lessons/inclass/groupings"
PAIRS = {"name": "两校一组", "groups": [["草兴小学", "双庙小学"], ["逸夫小学"]]}


async def asked(town: School, who: str, way: str, path: str = ON, **body: Any) -> Any:
    async with town.browser(who) as browser, browser.request(way, path, **body) as answer:
        return await answer.json()


async def test_a_grouping_is_kept_replaced_and_forgotten(town: School) -> None:
    kept = await asked(town, "wang", "POST", json=PAIRS)
    assert (kept["owner"], kept["groups"]) == ("wang", PAIRS["groups"])
    await asked(town, "wang", "POST", json={**PAIRS, "groups": [["逸夫小学"]], "owner": "sun"})
    found = await asked(town, "wang", "GET")
    assert [one["groups"] for one in found["groupings"]] == [[["逸夫小学"]]]
    assert found["own"] == "wang"
    assert await asked(town, "wang", "DELETE", f"{ON}/两校一组") == {}
    assert (await asked(town, "wang", "DELETE", f"{ON}/两校一组"))["code"] == "not-there"
    assert (await asked(town, "wang", "GET"))["groupings"] == []


async def test_who_teaches_the_course_in_her_place_finds_it_and_leaves_it(town: School) -> None:
    for id_, teacher, code in (("his", "wang", "111111"), ("hers", "sun", "222222")):
        card = LessonCard(LessonId(id_), "分数", "数学", teacher, code, time.time(), course="maths")
        await town.registry.save_lesson(card)
    await asked(town, "wang", "POST", ON.replace("inclass", "his"), json=PAIRS)
    on = ON.replace("inclass", "hers")
    found = await asked(town, "sun", "GET", on)
    assert [one["owner"] for one in found["groupings"]] == ["wang"]
    assert (await asked(town, "sun", "DELETE", f"{on}/两校一组"))["code"] == "not-there"


async def test_no_other_teacher_or_role_keeps_one_here(town: School) -> None:
    assert (await asked(town, "sun", "POST", json=PAIRS))["code"] == "not-yours"
    assert (await asked(town, "li", "GET"))["code"] == "not-allowed"
    wrong = {**PAIRS, "groups": [["逸夫小学"], ["逸夫小学"]]}
    assert (await asked(town, "wang", "POST", json=wrong))["code"] == "bad-groups"
