"""News are kept with what they tell of, or not at all."""

import pytest
from msgspec import structs

from synclass.adapters.registry import SqlRegistry
from synclass.errors import Refused
from synclass.ports import LessonCard
from synclass.postclass.homework import Homework
from synclass.webhooks import Delivery, Event, News, bell_rang
from synclass.words import LessonId

CARD = LessonCard(LessonId("fractions"), "分数", "数学", "wang", "123456", 1.0)
BEGAN = structs.replace(CARD, began_at=2.0)
STARTED = bell_rang(Event.STARTED, "fractions", 2.0)


async def test_what_is_told_twice_is_one_piece_of_news(registry: SqlRegistry) -> None:
    await registry.save_lesson(CARD)
    for _ in range(2):
        await registry.save_lesson(BEGAN, news=STARTED)
    assert await registry.news(limit=9) == STARTED
    await registry.save_lesson(BEGAN, news=bell_rang(Event.ENDED, "fractions", 3.0))
    assert [one.event for one in await registry.news(limit=9)] == [
        *(Event.STARTED, Event.ENDED, Event.RECORDED)
    ]
    assert await registry.news(limit=1) == STARTED
    await registry.pass_on(STARTED[0].id, [])
    assert len(await registry.news(limit=9)) == 2


async def test_where_nothing_happened_there_is_no_news(registry: SqlRegistry) -> None:
    await registry.save_lesson(CARD)
    with pytest.raises(Refused):
        twin = structs.replace(CARD, id=LessonId("twin"))
        await registry.save_lesson(twin, news=bell_rang(Event.STARTED, "twin", 2.0))
    stale = Homework("h1", CARD.id, "第三题", 9.0, "12345678", 1.0, 7)
    with pytest.raises(Refused):
        await registry.put(stale, news=[News("h1", Event.HANDED_IN, "fractions", 2.0)])
    assert await registry.news(limit=9) == []


async def test_of_a_lesson_that_is_erased_nobody_is_told_any_more(registry: SqlRegistry) -> None:
    await registry.save_lesson(BEGAN, news=STARTED)
    told = Delivery("m1", "h1", "lesson.started", "fractions", "分数", 2.0)
    await registry.pass_on("", [told])
    await registry.remove_lesson(CARD.id)
    assert await registry.news(limit=9) == []
    assert await registry.delivery("m1") is None
