"""A course of the library is made of shared lessons, and a village's class goes through it."""

import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from msgspec import to_builtins
from msgspec.structs import replace

from synclass.ports import LessonCard
from synclass.school.course import Course
from synclass.school.resources import Reach, Resource
from synclass.school.timetable import Kind
from synclass.words import LessonId

from ..adapters.registry.villages import MATHS, TOWN, VILLAGE, settle
from .server import School, school

ONE, TWO = LessonId("m1"), LessonId("m2")
RECORDED = Course("k1", "s1", "分数十讲", "数学", "三年级", "p1", Kind.LIBRARY, lessons=[ONE, TWO])
WEEKLY = replace(RECORDED, id="k2", kind=Kind.DEDICATED, lessons=[], term="t1")


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[School]:
    """Wang's two lessons are shared with the region; Li is a co-teacher of the village."""
    async with school(tmp_path) as town:
        await settle(town.registry)
        for name, of in (("wang", TOWN), ("sun", TOWN), ("li", VILLAGE)):
            account = await town.registry.account(name)
            assert account
            await town.registry.save_account(replace(account, school=of.name))
        now = time.time()
        for id_ in (ONE, TWO):
            card = LessonCard(id_, f"第{id_[1]}讲", "数学", "wang", "", now, now, now + 60)
            await town.registry.save_lesson(card)
            await town.registry.put(
                Resource(id_, id_, TOWN.name, Reach.REGION, "wang", "", [], "", now)
            )
        yield town


async def said(answer: Any) -> tuple[int, Any]:
    async with answer as response:
        return response.status, await response.json()


async def saved(browser: ClientSession, course: Course) -> tuple[int, Any]:
    return await said(browser.post("/api/courses", json=to_builtins(course)))


async def took(browser: ClientSession, learner: str, lesson: str) -> tuple[int, Any]:
    body = {"learner": learner, "lesson": lesson}
    return await said(browser.post("/api/courses/k1/steps", json=body))


async def test_a_class_goes_through_a_course_in_order_and_it_is_kept(town: School) -> None:
    async with town.browser("wang") as wang, town.browser("li") as li:
        assert (await saved(wang, RECORDED))[0] == 200
        shown = (await said(li.get("/api/courses/k1")))[1]
        assert [one["title"] for one in shown["recorded"]] == ["第1讲", "第2讲"]
        assert [room["id"] for room in shown["classrooms"]] == ["c2"] and not shown["mine"]
        assert (await took(li, "c2", TWO))[1]["code"] == "not-yet"
        assert (await took(li, "c1", ONE))[1]["code"] == "not-yours"
        assert (await took(li, "c2", ONE))[1]["code"] == "not-watched"
        await town.registry.note(time.time(), "li", "recording.watch", ONE)
        _, after = await took(li, "c2", ONE)
        (progress,) = after["progress"]
        assert (progress["next"], progress["name"]) == (TWO, "草兴小学 三年级")
        _, again = await took(li, "c2", ONE)
        assert again["progress"] == after["progress"]
        assert (await took(li, "p2", ONE))[0] == 200
        everybody = (await said(wang.get("/api/courses/k1")))[1]
        assert everybody["mine"] and len(everybody["progress"]) == 2
        assert "course.take" in [act for _, _, act, _ in await town.registry.notes()]


async def test_a_co_teacher_watches_what_is_shared_and_nothing_else(town: School) -> None:
    alone = LessonId("m3")
    card = LessonCard(alone, "不共享", "数学", "wang", "", 1.0, 1.0, 2.0)
    await town.registry.save_lesson(card)
    async with town.browser("li") as li:
        statuses = [(await said(li.get(f"/api/lessons/{id_}/link")))[0] for id_ in (ONE, alone)]
    assert statuses == [200, 403]


async def test_only_shared_lessons_make_a_course_and_only_its_own_teacher(town: School) -> None:
    async with town.browser("wang") as wang, town.browser("sun") as sun:
        strange = replace(RECORDED, lessons=[LessonId("m9")])
        assert (await saved(wang, strange))[1]["code"] == "not-shared"
        assert (await saved(sun, RECORDED))[1]["code"] == "not-yours"
        assert (await saved(wang, replace(RECORDED, teacher="p2")))[1]["code"] == "not-there"
        _, kept = await saved(wang, RECORDED)
        await town.registry.remove(Resource, ONE, 1)
        assert (await saved(wang, replace(RECORDED, version=1, title="又名")))[0] == 200
        gone = (await said(wang.get("/api/courses/k1")))[1]["recorded"][0]
        assert (gone["there"], gone["title"], kept["version"]) == (False, "", 1)


async def test_a_lesson_of_the_timetable_belongs_to_a_course_of_its_kind(town: School) -> None:
    async with town.browser("admin") as admin:
        for course in (RECORDED, WEEKLY):
            assert (await saved(admin, course))[0] == 200
        body = to_builtins(replace(MATHS, version=1, course="k1"))
        assert (await said(admin.post("/api/timetable", json=body)))[1]["code"] == "no-course"
        body = to_builtins(replace(MATHS, version=1, course="k2"))
        assert (await said(admin.post("/api/timetable", json=body)))[0] == 200
        assert (await said(admin.delete("/api/courses/k2?version=1")))[1]["code"] == "in-use"
        assert (await said(admin.delete("/api/courses/k1?version=1")))[0] == 200
        found = (await said(admin.get("/api/courses?kind=dedicated")))[1]
        assert [one["id"] for one in found["courses"]] == ["k2"]
        assert (await said(admin.get("/api/courses?kind=library")))[1]["courses"] == []


async def test_lessons_are_listed_by_kind(town: School) -> None:
    async with town.browser("wang") as wang:
        for kind in ("master", ""):
            body = {"title": f"课{kind}", "kind": kind}
            assert (await said(wang.post("/api/lessons", json=body)))[0] == 200
        found = (await said(wang.get("/api/lessons?kind=master")))[1]["lessons"]
        assert [(card["title"], card["kind"]) for card in found] == [("课master", "master")]


async def test_an_archived_course_is_laid_by_and_can_be_taken_up_again(town: School) -> None:
    async with town.browser("wang") as wang, town.browser("li") as li:
        await saved(wang, RECORDED)
        laid_by = replace(RECORDED, version=1, archived=True, lessons=[TWO, ONE])
        assert (await saved(wang, laid_by))[1]["version"] == 2
        assert (await saved(wang, laid_by))[1]["code"] == "changed-meanwhile"
        assert (await said(li.get("/api/courses")))[1]["courses"] == []
        (one,) = (await said(li.get("/api/courses?archived=1")))[1]["courses"]
        assert one["lessons"] == [TWO, ONE]
        await town.registry.note(time.time(), "li", "recording.watch", TWO)
        assert (await took(li, "c2", TWO))[1]["code"] == "archived"
        assert (await saved(wang, replace(laid_by, version=2, archived=False)))[0] == 200
        assert (await took(li, "c2", TWO))[0] == 200
