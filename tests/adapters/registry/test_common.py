"""What an alliance's lessons say of it, from what was kept of them."""

from datetime import date

from msgspec.structs import replace

from synclass.adapters.registry import SqlRegistry
from synclass.ports import PlanVersion
from synclass.preclass.coprep import Plan
from synclass.words import LessonId

from .test_evaluations import SAID
from .test_figures import CARD, FIRST, LAST, hold
from .villages import settle

PLAN = PlanVersion(0, "wang", 5.0, Plan("会读分数", "", "", ""))


async def test_lessons_with_a_plan_are_those_of_the_teachers_that_are_named(
    registry: SqlRegistry,
) -> None:
    await registry.save_lesson(CARD)
    await registry.save_plan(CARD.id, 0, PLAN)
    await registry.save_plan(CARD.id, 1, replace(PLAN, at=9.0))
    (one,) = await registry.prepared({"wang"})
    assert (one.lesson, one.title, one.teacher) == (CARD.id, "分数", "wang")
    assert (one.versions, one.remarks, one.last) == (2, 0, 9.0)
    assert await registry.prepared({"sun"}) == []


async def test_what_rooms_did_is_added_up_over_the_lessons_of_the_schools(
    registry: SqlRegistry,
) -> None:
    await settle(registry)
    for n, day in enumerate((FIRST, date(2026, 9, 8))):
        await hold(registry, f"m{n}", day)
    (room,) = await registry.taken_part(FIRST, LAST, {"s1"})
    assert (room.room, room.lessons, room.hands, room.on_stage) == ("草兴小学", 2, 4, 4.0)
    assert (room.pupils, room.here) == (60, 56)
    assert await registry.taken_part(FIRST, LAST, {"s2"}) == []
    assert [one.room for one in (await registry.rooms_of(["m1", "m9"]))["m1"]] == ["草兴小学"]


async def test_evaluations_are_of_the_school_whose_lesson_it_was(registry: SqlRegistry) -> None:
    await settle(registry)
    await hold(registry, "m1", FIRST)
    kept = await registry.put(SAID)
    (one,) = await registry.judged(FIRST, LAST, {"s1"})
    assert (one.school, one.title, one.evaluation) == ("s1", "分数", kept)
    assert await registry.judged(FIRST, LAST, {"s2"}) == []
    await registry.put(replace(SAID, id="m9 zhao", lesson=LessonId("m9")))
    assert len(await registry.judged(FIRST, LAST, {"s1"})) == 1
