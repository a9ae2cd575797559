"""Contests, what was entered and what judges gave are kept; with a contest all of it goes."""

from datetime import date

import pytest
from msgspec.structs import replace

from synclass.adapters.registry import SqlRegistry
from synclass.errors import Refused
from synclass.postclass.contest import Contest, Entered, Verdict, id_of
from synclass.postclass.evaluation import Criterion
from synclass.words import LessonId

LESSON = LessonId("m1")
CONTEST = Contest(
    *("c1", "课堂大比武", "每校一节", "评课表"),
    [Criterion("目标", 40)],
    date(2026, 12, 4),
    ["zhao"],
)
IN = Entered(id_of("c1", "wang"), "c1", LESSON, "分数", "wang", "王老师", "中心小学", 5.0)
GIVEN = Verdict(id_of("c1", LESSON, "zhao"), "c1", LESSON, "zhao", "赵督导", [30], "好", 6.0)


async def held(registry: SqlRegistry) -> None:
    for thing in (CONTEST, IN, GIVEN):
        await registry.put(thing)


async def test_it_comes_back_as_it_was_given(registry: SqlRegistry) -> None:
    await held(registry)
    contest = replace(CONTEST, version=1)
    assert await registry.contests() == [contest]
    assert (await registry.contest("c1"), await registry.contest("c9")) == (contest, None)
    assert await registry.entered("c1") == [replace(IN, version=1)] == await registry.entered()
    assert await registry.verdicts("c1") == [replace(GIVEN, version=1)] == await registry.verdicts()
    assert await registry.contests_with(LESSON) == [contest]
    assert not await registry.contests_with(LessonId("m9"))
    assert not await registry.entered("c9")


async def test_those_that_are_judged_come_before_those_that_are_over(registry: SqlRegistry) -> None:
    await registry.put(replace(CONTEST, closed_at=5.0))
    await registry.put(replace(CONTEST, id="c2", closed_at=9.0))
    await registry.put(replace(CONTEST, id="c3"))
    assert [one.id for one in await registry.contests()] == ["c3", "c2", "c1"]


async def test_nobody_enters_twice_and_nobody_enters_what_is_not_there(
    registry: SqlRegistry,
) -> None:
    await held(registry)
    for thing, code in ((replace(IN, lesson=LessonId("m2")), "taken"), (GIVEN, "taken")):
        with pytest.raises(Refused) as refused:
            await registry.put(thing)
        assert refused.value.code == code
    with pytest.raises(Refused) as refused:
        await registry.put(replace(IN, id="c9 wang", contest="c9"))
    assert refused.value.code == "not-there"


async def test_with_a_contest_goes_what_is_of_it(registry: SqlRegistry) -> None:
    await held(registry)
    await registry.put(replace(CONTEST, id="c2"))
    other = await registry.put(replace(IN, id=id_of("c2", "wang"), contest="c2"))
    await registry.remove(Contest, "c1", 1)
    assert (await registry.entered(), await registry.verdicts()) == ([other], [])
