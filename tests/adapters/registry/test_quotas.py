"""Quotas are of schools or of all; what lessons weigh counts for the school that holds them."""

import pytest
from msgspec.structs import replace

from synclass.adapters.registry import SqlRegistry
from synclass.errors import Refused
from synclass.ports import Account, Home, LessonCard
from synclass.school.quota import Quota, Used
from synclass.words import LessonId, Role

from .villages import TOWN, settle

ONE, OTHER = LessonId("one"), LessonId("other")


@pytest.fixture(autouse=True)
async def taught(registry: SqlRegistry) -> None:
    await settle(registry)
    for name, school in (("wang", TOWN.name), ("zhou", TOWN.id), ("guest", "县外")):
        await registry.save_account(Account(name, name, Role.TEACHER, school, ""))
    for id_, teacher, code in ((ONE, "wang", "111111"), (OTHER, "guest", "222222")):
        await registry.save_lesson(LessonCard(id_, "分数", "数学", teacher, code, 1.0))


async def test_two_admins_cannot_overwrite_each_others_quota(registry: SqlRegistry) -> None:
    common = await registry.put(Quota("", lessons=3, kept=1 << 40))
    own = await registry.put(Quota("s1", rooms=8))
    assert await registry.quotas() == {"": common, "s1": own}
    await registry.put(replace(own, rooms=9))
    with pytest.raises(Refused) as refused:
        await registry.put(replace(own, rooms=7))
    assert refused.value.code == "changed-meanwhile"


async def test_the_quota_of_a_school_goes_with_it(registry: SqlRegistry) -> None:
    school = await registry.put(replace(TOWN, id="s9", version=0))
    await registry.put(Quota("s9", lessons=1))
    await registry.remove(type(school), "s9", school.version)
    assert await registry.quotas() == {}


async def test_a_lesson_is_held_by_its_teachers_school(registry: SqlRegistry) -> None:
    assert await registry.home_of(ONE) == "s1"
    assert await registry.home_of(OTHER) == await registry.home_of(LessonId("none")) == ""
    assert await registry.running() == []
    card = await registry.lesson(ONE)
    assert card
    await registry.save_lesson(replace(card, began_at=2.0))
    assert await registry.running() == [Home(ONE, "s1")]
    await registry.save_lesson(replace(card, began_at=2.0, ended_at=3.0))
    assert await registry.running() == []


async def test_what_lessons_weigh_is_added_by_school_until_they_are_erased(
    registry: SqlRegistry,
) -> None:
    for lesson, recordings in ((ONE, 3 << 40), (ONE, 5 << 30), (OTHER, 7), (LessonId("none"), 1)):
        await registry.weigh(lesson, recordings=recordings, courseware=11, at=4.0)
    assert await registry.kept() == {"s1": Used(0, 0, 5 << 30, 11), "": Used(0, 0, 7, 11)}
    assert await registry.kept("s1") == {"s1": Used(0, 0, 5 << 30, 11)}
    await registry.remove_lesson(ONE)
    assert await registry.kept("s1") == {}


async def test_a_lesson_is_weighed_once_more_when_its_last_files_are_closed(
    registry: SqlRegistry,
) -> None:
    card = await registry.lesson(ONE)
    assert card
    await registry.save_lesson(replace(card, began_at=2.0, ended_at=1000.0))
    await registry.weigh(ONE, recordings=1, courseware=0, at=990.0)
    assert await registry.unweighed(until=1059.0, limit=9) == []
    assert await registry.unweighed(until=1060.0, limit=9) == [ONE]
    await registry.weigh(ONE, recordings=2, courseware=0, at=1060.0)
    assert await registry.unweighed(until=9999.0, limit=9) == []
