"""Homework and works are kept whole, one of each pupil, and go with their lesson."""

import pytest
from msgspec.structs import replace

from synclass.adapters.registry import SqlRegistry
from synclass.adapters.registry.things import RESTS
from synclass.errors import Refused, Unavailable
from synclass.ports import LessonCard
from synclass.postclass.homework import Homework, Kind, Work
from synclass.words import LessonId

from ...postclass.test_homework import WORK
from .test_photographs import PHOTO, TASK, name_of, photograph, photographed

__all__ = ["TASK"]


async def test_a_work_comes_back_as_it_was_handed_in(registry: SqlRegistry) -> None:
    await registry.put(TASK)
    kept = await registry.put(replace(WORK, version=0))
    assert await registry.work("w1") == kept == replace(WORK, version=1)
    assert await registry.work_of("h1", "草兴小学", "小明") == kept
    assert await registry.work_by_receipt("r") == kept
    assert await registry.homework_by_code("12345678") == replace(TASK, version=1)
    assert await registry.homework("h2") is None


async def test_a_pupil_hands_in_one_work_for_each_homework(registry: SqlRegistry) -> None:
    await registry.put(TASK)
    await registry.put(replace(WORK, version=0))
    with pytest.raises(Refused) as refusal:
        await registry.put(replace(WORK, id="w9", receipt="t", version=0))
    assert refusal.value.code == "taken"


async def test_works_are_those_of_one_school_or_of_all(registry: SqlRegistry) -> None:
    await registry.put(TASK)
    for work in (replace(WORK, version=0), replace(PHOTO, school="双庙中心校")):
        await registry.put(work)
    assert [one.id for one in await registry.works("h1")] == ["w2", "w1"]
    assert [one.id for one in await registry.works("h1", school="草兴小学")] == ["w1"]
    assert [one.id for one in await registry.works_of_pupil("草兴小学", "小明")] == ["w1"]


async def test_a_lesson_that_is_erased_takes_its_homework_along(registry: SqlRegistry) -> None:
    card = LessonCard(LessonId("m1"), "分数", "数学", "wang", "", 1.0, 2.0, 3.0)
    await registry.save_lesson(card)
    await registry.put(TASK)
    await photographed(registry, PHOTO)
    with pytest.raises(Refused):
        await registry.remove(Homework, "h1", 1)
    await registry.remove_lesson(card.id)
    assert await registry.photograph("w2") is None and await registry.work("w2") is None
    assert await registry.to_go(0.5, limit=9) == [name_of("w2")]
    assert await registry.homework_of(card.id) == []


async def test_a_work_that_is_removed_takes_its_picture_along(registry: SqlRegistry) -> None:
    await registry.put(TASK)
    await photographed(registry, PHOTO)
    await registry.remove(Work, "w2", 1)
    assert await registry.photograph("w2") is None
    assert await registry.to_go(0.5, limit=9) == [name_of("w2")]


async def test_a_work_and_its_photograph_are_kept_together_or_not_at_all(
    registry: SqlRegistry,
) -> None:
    await registry.put(TASK)
    with pytest.raises(Unavailable):
        await registry.put_photographed(PHOTO, photograph("w2"))
    assert await registry.work("w2") is None, "its file was not expected"
    kept = await photographed(registry, PHOTO)
    with pytest.raises(Refused):
        await photographed(registry, replace(PHOTO, version=7), "b")
    assert await registry.work("w2") == kept and await registry.photograph("w2") == photograph("w2")


async def test_a_photograph_goes_when_another_takes_its_place_or_a_typed_work(
    registry: SqlRegistry,
) -> None:
    await registry.put(TASK)
    first = await photographed(registry, PHOTO)
    second = await photographed(registry, first, "b")
    assert await registry.photograph("w2") == photograph("w2", "b")
    assert await registry.to_go(PHOTO.handed_at, limit=9) == [], "a backup may be reading it"
    assert await registry.to_go(PHOTO.handed_at + RESTS, limit=9) == [name_of("w2")]
    marked = await registry.put(replace(second, mark="优"))
    assert await registry.photograph("w2") == photograph("w2", "b"), "it was marked only"
    await registry.put(replace(marked, kind=Kind.TYPED, text="2/3"))
    assert await registry.photograph("w2") is None
    assert len(await registry.to_go(PHOTO.handed_at + RESTS, limit=9)) == 2
