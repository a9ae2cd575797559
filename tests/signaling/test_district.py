"""A district over HTTP: who looks after a school changes it, and nobody changes it unseen."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from msgspec import to_builtins
from msgspec.structs import replace

from synclass.ports import Account, KeptCheck
from synclass.preclass.doorcheck import Finding, grades_of
from synclass.school.places import Bell, Classroom
from synclass.school.timetable import Kind
from synclass.words import LessonId, Role

from ..adapters.registry.villages import LISTENING, MATHS, MING, TOWN, VILLAGE, settle
from .server import HASH, School, school


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[School]:
    async with school(tmp_path) as town:
        await settle(town.registry)
        local = Account("liang", "梁校长", Role.ADMIN, VILLAGE.name, HASH)
        await town.registry.save_account(local)
        yield town


async def told(browser: ClientSession, path: str, **body: Any) -> tuple[int, Any]:
    ask = browser.post if body else browser.get
    async with ask(f"/api/district{path}", **body) as answer:
        return answer.status, await answer.json()


async def test_the_districts_page_shows_all_schools_and_a_schools_admin_her_own(
    town: School,
) -> None:
    async with town.browser("admin") as browser:
        _, all_ = await told(browser, "")
    assert [one["name"] for one in all_["schools"]] == ["中心小学", "草兴小学"]
    assert (all_["own"], all_["tally"]["people"]) == ("", 2)
    async with town.browser("liang") as browser:
        _, own = await told(browser, "")
        assert (await told(browser, "/schools/s1"))[1]["code"] == "not-yours"
        assert (await told(browser, "/schools/s2"))[0] == 200
    assert [one["id"] for one in own["schools"]] == [own["own"]] == ["s2"]
    assert own["tally"]["people"] == 1


async def test_a_roster_names_who_has_no_seat(town: School) -> None:
    await town.registry.put(replace(MING, id="p7", number="7", row=9))
    async with town.browser("admin") as browser:
        _, roster = await told(browser, "/classrooms/c2")
        status, lost = await told(browser, "/classrooms/c9")
    assert [pupil["id"] for pupil in roster["pupils"]] == ["p2", "p7"]
    assert roster["standing"] == ["p7"]
    assert (status, lost["code"]) == (404, "no-classroom")


async def test_a_classroom_says_how_it_was_last_found_at_its_door(town: School) -> None:
    well = Finding(camera=True, level=40, heard=None, way="udp", down=2000, up=800, rtt=60)
    async with town.browser("admin") as browser:
        assert (await told(browser, "/classrooms/c2"))[1]["grade"] is None
        for lesson, name in (("one", "草兴小学 三年级"), ("two", "别的学校")):
            check = KeptCheck(name, LessonId(lesson), 1.7e9, well, grades_of(well))
            await town.registry.keep_check(check)
        _, roster = await told(browser, "/classrooms/c2")
    assert (roster["grade"], roster["checked_at"]) == ("B", 1.7e9)


async def test_two_admins_who_change_one_room_are_told_by_a_409(town: School) -> None:
    seen = to_builtins(replace(LISTENING, version=1, name="四年级"))
    async with town.browser("admin") as one, town.browser("liang") as other:
        assert (await told(one, "/classrooms", json=seen))[1]["version"] == 2
        status, answer = await told(other, "/classrooms", json=seen)
    assert (status, answer["code"]) == (409, "changed-meanwhile")


@pytest.mark.parametrize(
    ("path", "thing"),
    [
        ("/schools", TOWN),
        ("/classrooms", Classroom("c9", "s1", "x")),
        ("/classrooms", replace(LISTENING, id="c1", version=1)),
        ("/people", replace(MING, id="p1", version=1)),
    ],
)
async def test_a_schools_admin_changes_nothing_of_another_school(
    town: School, path: str, thing: Any
) -> None:
    async with town.browser("liang") as browser:
        status, answer = await told(browser, path, json=to_builtins(thing))
    assert (status, answer["code"]) == (403, "not-yours")


async def test_a_pupil_sits_in_a_room_of_their_own_school(town: School) -> None:
    async with town.browser("admin") as browser:
        moved = to_builtins(replace(MING, version=1, classroom="c1"))
        assert (await told(browser, "/people", json=moved))[1]["code"] == "not-there"
        moved = to_builtins(replace(MING, version=1, row=4, column=4))
        assert (await told(browser, "/people", json=moved))[0] == 200
        _, found = await told(browser, "/people?text=小明")
    assert [person["row"] for person in found["people"]] == [4]


async def test_what_is_removed_is_noted_and_what_is_used_stays(town: School) -> None:
    async with town.browser("liang") as browser:
        for path, code in (
            ("people/p2?version=1", ""),
            ("people/p2?version=1", "not-yours"),
            ("people/p1?version=1", "not-yours"),
            ("classrooms/c2?version=1", "in-use"),
            ("classrooms/c2?version=one", "malformed"),
            ("dogs/c2?version=1", "no-kind"),
        ):
            async with browser.delete(f"/api/district/{path}") as answer:
                assert (await answer.json()).get("code", "") == code
    assert (await town.registry.notes())[0][1:] == ("liang", "district.remove", "people p2")


async def test_a_teacher_sees_no_roster(town: School) -> None:
    async with town.browser("wang") as browser:
        assert (await told(browser, "/classrooms/c2"))[1]["code"] == "not-allowed"


async def test_one_person_is_found_by_id_where_one_may_look(town: School) -> None:
    async with town.browser("admin") as browser:
        assert [p["name"] for p in (await told(browser, "/people?id=p1"))[1]["people"]] == [
            "王老师"
        ]
        assert (await told(browser, "/people?id=nobody"))[1]["people"] == []
    async with town.browser("liang") as browser:
        assert (await told(browser, "/people?id=p1"))[1]["people"] == []


async def test_a_bell_at_which_a_lesson_stands_is_not_taken_away(town: School) -> None:
    school = await town.registry.school("s1")
    slots = await town.registry.slots("t1", school="s1")
    last = max(slot.period for slot in slots if slot.school == "s1")
    async with town.browser("admin") as browser:
        less = to_builtins(replace(school, bells=school.bells[: last - 1]))
        assert (await told(browser, "/schools", json=less))[1]["code"] == "bells-used"
        enough = to_builtins(replace(school, bells=school.bells[:last]))
        assert (await told(browser, "/schools", json=enough))[0] == 200


async def test_lessons_after_school_go_with_its_own_bells(town: School) -> None:
    school = await town.registry.school("s1")
    singing = replace(MATHS, id="l2", title="合唱", period=8, kind=Kind.AFTER_SCHOOL, listeners=[])
    await town.registry.put(singing)
    async with town.browser("admin") as browser:
        own = to_builtins(replace(school, after_bells=[Bell(990, 1030), Bell(1040, 1080)]))
        status, kept = await told(browser, "/schools", json=own)
        assert (status, kept["after_bells"]) == (200, [[990, 1030], [1040, 1080]])
        moved = await town.registry.slot("l2")
        assert moved and moved.period == 1
        await town.registry.put(replace(moved, period=2))
        fewer = {**kept, "after_bells": [[990, 1030]]}
        assert (await told(browser, "/schools", json=fewer))[1]["code"] == "bells-used"
        wrong = {**kept, "after_bells": [[990, 980]]}
        assert (await told(browser, "/schools", json=wrong))[1]["code"] == "bad-bells"
        assert (await told(browser, "/schools", json={**kept, "after_bells": []}))[0] == 200
    back = await town.registry.slot("l2")
    assert back and back.period == 8


async def test_a_school_that_has_a_new_name_keeps_its_admin_and_its_alliance(town: School) -> None:
    school = await town.registry.school("s2")
    async with town.browser("liang") as browser:
        moved = to_builtins(replace(school, alliance="another"))
        assert (await told(browser, "/schools", json=moved))[1]["code"] == "not-yours"
        named = to_builtins(replace(school, name='<b>草兴</b> & 中心 "小学"'))
        assert (await told(browser, "/schools", json=named))[0] == 200
        _, own = await told(browser, "")
    assert own["schools"][0]["name"] == '<b>草兴</b> & 中心 "小学"'
