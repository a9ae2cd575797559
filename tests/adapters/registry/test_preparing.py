"""Door checks and plans of lessons, in both databases."""

import asyncio

import pytest

from synclass.errors import Refused
from synclass.ports import KeptCheck, PlanVersion, Registry, Remark
from synclass.preclass.coprep import Plan
from synclass.preclass.doorcheck import Finding, grades_of
from synclass.words import LessonId

ONE, TWO = LessonId("one"), LessonId("two")
WELL = Finding(camera=True, level=40, heard=True, way="udp", down=2000, up=800, rtt=60)
DEAF = Finding(camera=True, level=40, heard=False, way="udp", down=2000, up=800, rtt=60)


def check(room: str, lesson: LessonId, at: float, finding: Finding = WELL) -> KeptCheck:
    return KeptCheck(room, lesson, at, finding, grades_of(finding))


def version(who: str, at: float, **sections: str) -> PlanVersion:
    return PlanVersion(0, who, at, Plan(**sections))


async def test_the_latest_check_of_each_room_is_found_and_earlier_lessons_are_kept(
    registry: Registry,
) -> None:
    first, last = check("草兴小学", ONE, 10, DEAF), check("草兴小学", TWO, 30)
    for one in (first, check("草兴小学", TWO, 20, DEAF), last, check("双庙", ONE, 25)):
        await registry.keep_check(one)
    assert await registry.checks() == [last, check("双庙", ONE, 25)]
    assert await registry.checks(["草兴小学", "nobody"]) == [last]
    assert await registry.checks(limit=1) == [last]
    await registry.forget_preparing(TWO)
    assert await registry.checks(["草兴小学"]) == [first]


async def test_of_two_who_edit_one_plan_the_second_is_told_and_loses_nothing(
    registry: Registry,
) -> None:
    assert await registry.plan(ONE) is None
    saved = await asyncio.gather(
        registry.save_plan(ONE, 0, version("wang", 1, aims="理解分数")),
        registry.save_plan(ONE, 0, version("li", 2, aims="认识分数")),
        return_exceptions=True,
    )
    (refusal,) = (one for one in saved if isinstance(one, Refused))
    assert refusal.code == "changed-meanwhile" and 1 in saved
    assert await registry.save_plan(ONE, 1, version("li", 3, aims="理解", steps="先看")) == 2
    newest = await registry.plan(ONE)
    assert newest == PlanVersion(2, "li", 3, Plan(aims="理解", steps="先看"))
    assert (first := await registry.plan(ONE, 1)) and first.number == 1
    assert [number for number, _, _ in await registry.plan_versions(ONE)] == [2, 1]
    assert await registry.plan_versions(TWO) == [] and await registry.plan(ONE, 3) is None


async def test_remarks_are_threads_and_an_answer_stands_where_the_question_does(
    registry: Registry,
) -> None:
    asked = await registry.remark(ONE, Remark(0, 0, "steps", "li", 1, "孩子没学过约分"))
    answered = await registry.remark(ONE, Remark(0, asked.id, "aims", "wang", 2, "那先讲"))
    again = await registry.remark(ONE, Remark(0, answered.id, "", "li", 3, "好"))
    assert (answered.parent, answered.section) == (asked.id, "steps")
    assert (again.parent, again.section) == (asked.id, "steps")
    assert await registry.remarks(ONE) == [asked, answered, again]
    for lesson, parent in ((ONE, 999), (TWO, asked.id)):
        with pytest.raises(Refused) as refusal:
            await registry.remark(lesson, Remark(0, parent, "", "li", 4, "?"))
        assert refusal.value.code == "no-remark"
    await registry.forget_preparing(ONE)
    assert await registry.remarks(ONE) == []
