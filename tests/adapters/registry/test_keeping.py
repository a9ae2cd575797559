"""Holds, rules and notices in both databases: what is held is not forgotten, once is once."""

import pytest

from synclass.errors import Refused
from synclass.ports import Hold, Registry
from synclass.school.retention import FOREVER, Falling, Rule
from synclass.words import LessonId

from .test_lessons import MATHS, MUSIC

HOLD = Hold(MATHS.id, "admin", "申诉", 5000.5)


async def test_a_held_lesson_keeps_its_card(registry: Registry) -> None:
    await registry.save_lesson(MATHS)
    await registry.save_lesson(MUSIC)
    await registry.put_hold(HOLD)
    assert (await registry.hold(MATHS.id), await registry.hold(MUSIC.id)) == (HOLD, None)
    with pytest.raises(Refused) as no:
        await registry.remove_lesson(MATHS.id)
    assert no.value.code == "held"
    await registry.remove_lesson(MUSIC.id)
    assert await registry.lessons() == [MATHS]
    assert [await registry.lift_hold(MATHS.id) for _ in range(2)] == [True, False]
    await registry.remove_lesson(MATHS.id)
    assert await registry.lessons() == []


async def test_what_is_not_there_is_not_held(registry: Registry) -> None:
    with pytest.raises(Refused) as no:
        await registry.put_hold(HOLD)
    assert no.value.code == "no-lesson"
    assert await registry.holds() == []


async def test_a_second_hold_takes_the_place_of_the_first(registry: Registry) -> None:
    for card in (MATHS, MUSIC):
        await registry.save_lesson(card)
    later = Hold(MATHS.id, "zhao", "法院来函", 6000.0)
    other = Hold(MUSIC.id, "admin", "申诉", 5500.0)
    for hold in (HOLD, other, later):
        await registry.put_hold(hold)
    assert await registry.holds() == [later, other]


async def test_a_rule_stands_until_it_is_taken_away(registry: Registry) -> None:
    rules = [Rule("", "", 24), Rule("", "wang", FOREVER), Rule("数学", "", 12)]
    for rule in reversed(rules):
        await registry.set_rule(rule)
    await registry.set_rule(Rule("数学", "", 6))
    assert await registry.rules() == [*rules[:2], Rule("数学", "", 6)]
    await registry.set_rule(Rule("数学", "", 0))
    assert await registry.rules() == rules[:2]


async def test_a_notice_stands_from_the_first_time(registry: Registry) -> None:
    one, other = LessonId("one"), LessonId("other")
    await registry.announce([Falling(one, 10.0)])
    await registry.announce([Falling(one, 20.0), Falling(other, 20.0)])
    assert await registry.falling() == [Falling(one, 10.0), Falling(other, 20.0)]
    await registry.withdraw([one])
    assert await registry.falling() == [Falling(other, 20.0)]
    await registry.announce([])
    await registry.withdraw([])
    assert len(await registry.falling()) == 1
