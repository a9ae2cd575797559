"""A lesson of the week is found by whoever is in it, and is opened once a day."""

from datetime import date

import pytest
from msgspec.structs import replace

from synclass.adapters.registry import SqlRegistry
from synclass.errors import Refused
from synclass.ports import Held, LessonCard, Removed
from synclass.words import LessonId

from .villages import LISTENING, MATHS, settle

MONDAY = date(2026, 9, 7)


async def test_a_lesson_stands_in_the_week_of_those_who_teach_and_of_those_who_listen(
    registry: SqlRegistry,
) -> None:
    await settle(registry)
    kept = [replace(MATHS, version=1)]
    assert await registry.slots("t1", school="s1") == kept
    assert await registry.slots("t1", school="s2") == kept
    assert await registry.slots("t1", teacher="p1", weekday=1) == kept
    assert await registry.slots("t1", rooms=["c2", "c9"]) == kept
    assert await registry.slots("t1", weekday=2) == await registry.slots("t1", rooms=[]) == []
    assert await registry.slots("t2") == await registry.slots("t1", teacher="p2") == []


async def test_a_room_that_no_longer_listens_no_longer_has_the_lesson(
    registry: SqlRegistry,
) -> None:
    await settle(registry)
    await registry.put(replace(MATHS, listeners=[], version=1))
    assert await registry.slots("t1", school=LISTENING.school) == []


async def test_a_lesson_is_opened_once_a_day(registry: SqlRegistry) -> None:
    await settle(registry)
    await registry.note_opening(MATHS, MONDAY, LessonId("m1"))
    with pytest.raises(Refused) as refused:
        await registry.note_opening(MATHS, MONDAY, LessonId("m2"))
    assert refused.value.code == "taken"
    await registry.note_opening(MATHS, date(2026, 9, 14), LessonId("m3"))
    assert await registry.opened(MONDAY) == {"l1": "m1"}
    assert await registry.opened(date(2026, 9, 8)) == {}


async def test_what_was_held_is_counted_by_school(registry: SqlRegistry) -> None:
    await settle(registry)
    for n, (began, ended) in enumerate([(100.0, 2500.0), (200.0, 0.0), (0.0, 0.0)]):
        card = LessonCard(LessonId(f"m{n}"), "分数", "数学", "wang", "", 50.0, began, ended)
        await registry.save_lesson(card)
        await registry.note_opening(MATHS, MONDAY.replace(day=7 + n), card.id)
    assert await registry.held(MONDAY, MONDAY.replace(day=9)) == [Held("s1", 2, 4, 2400.0)]
    assert await registry.held(MONDAY, MONDAY) == [Held("s1", 1, 2, 2400.0)]
    assert await registry.held(date(2026, 1, 1), date(2026, 1, 31)) == []


async def test_what_was_taken_out_is_known_for_a_while(registry: SqlRegistry) -> None:
    first, later = date(2026, 9, 7), date(2026, 10, 20)
    await registry.note_removed(MATHS, first, until=first)
    await registry.note_removed(MATHS, first, until=first)
    assert await registry.removed("t1") == [Removed(MATHS, first)]
    assert await registry.removed("t2") == []
    await registry.note_removed(replace(MATHS, id="l2"), later, until=later)
    assert [one.slot.id for one in await registry.removed("t1")] == ["l2"]
