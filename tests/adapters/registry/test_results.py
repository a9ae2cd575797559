"""What lessons came to, over time: a room's hands, and whether a pupil was there."""

from msgspec.structs import replace

from synclass.adapters.registry import SqlRegistry
from synclass.ports import LessonCard
from synclass.postclass.reports import Presence, RoomResult
from synclass.words import LessonId

ONE = RoomResult(LessonId("m1"), "草兴小学", 10.0, 40.0, 3.5, 30, 28, hands=4, answers=28, right=20)
MING = Presence(LessonId("m1"), "草兴小学", "小明", True)


async def lessons(registry: SqlRegistry) -> None:
    for n, teacher in enumerate(("wang", "wang", "sun"), 1):
        card = LessonCard(LessonId(f"m{n}"), "分数", "数学", teacher, "", 1.0, n * 10.0, 99.0)
        await registry.save_lesson(card)
        result = replace(ONE, lesson=card.id, began_at=n * 10.0, hands=n)
        await registry.keep_results(card.id, [result], [replace(MING, lesson=card.id, here=n > 1)])


async def test_a_rooms_results_are_told_over_time(registry: SqlRegistry) -> None:
    await lessons(registry)
    assert [one.hands for one in await registry.results_of_room("草兴小学")] == [1, 2, 3]
    hers = await registry.results_of_room("草兴小学", teacher="wang", limit=1)
    assert [one.hands for one in hers] == [2], "the newest"


async def test_a_pupil_was_there_or_was_not(registry: SqlRegistry) -> None:
    await lessons(registry)
    told = await registry.presence_of("草兴小学", "小明")
    assert [(one.here, at) for one, at in told] == [(False, 10.0), (True, 20.0), (True, 30.0)]
    assert len(await registry.presence_of("草兴小学", "小明", teacher="sun")) == 1


async def test_what_is_counted_anew_takes_the_place_of_before(registry: SqlRegistry) -> None:
    await lessons(registry)
    await registry.keep_results(LessonId("m1"), [replace(ONE, hands=9)], [])
    assert [one.hands for one in await registry.results_of_room("草兴小学")] == [9, 2, 3]
    assert len(await registry.presence_of("草兴小学", "小明")) == 2
    await registry.remove_lesson(LessonId("m1"))
    assert len(await registry.results_of_room("草兴小学")) == 2
