"""A studio, who comes to it and what it opens are kept; with the studio they go."""

import pytest
from msgspec.structs import replace

from synclass.adapters.registry import SqlRegistry
from synclass.errors import Refused
from synclass.ports import LessonCard
from synclass.school.studio import Apprentice, OpenLesson, Standing, Studio, id_of
from synclass.words import LessonId

from .test_threads import SAID

MATHS = Studio("s1", "王老师数学工作室", "数学", "wang", "一起研究分数")
LI = Apprentice(id_of("s1", "li"), "s1", "li", Standing.ASKED, 10.0)
CARD = LessonCard(LessonId("m1"), "分数", "数学", "wang", "123456", 5.0)
OPEN = OpenLesson(CARD.id, "s1", CARD.id, 11.0)


async def settled(registry: SqlRegistry) -> None:
    await registry.save_lesson(CARD)
    for thing in (MATHS, LI, OPEN):
        await registry.put(thing)
    await registry.say_in_studio(replace(SAID, of="s1", lesson="m1"))


async def test_who_comes_to_a_studio_is_kept(registry: SqlRegistry) -> None:
    await settled(registry)
    sun = await registry.put(replace(LI, id=id_of("s1", "sun"), account="sun", at=9.0))
    asked = replace(LI, version=1)
    assert await registry.studios() == [replace(MATHS, version=1)]
    assert await registry.apprentices(studio="s1") == [sun, asked]
    assert await registry.apprentices(account="li") == [asked]
    assert await registry.apprentices(studio="s9") == []
    taken = await registry.put(replace(asked, standing=Standing.IN))
    assert await registry.apprentices(account="li") == [taken]
    with pytest.raises(Refused) as refusal:
        await registry.put(replace(asked, standing=Standing.INVITED))
    assert refusal.value.code == "changed-meanwhile"


async def test_a_lesson_is_opened_by_one_studio_and_leaves_it_when_it_is_erased(
    registry: SqlRegistry,
) -> None:
    await settled(registry)
    ((opened, card),) = [(one.open, one.card) for one in await registry.open_lessons("s1")]
    assert (opened.studio, card) == ("s1", CARD)
    assert await registry.studio_opening(CARD.id) == replace(MATHS, version=1)
    assert await registry.studio_opening(LessonId("m9")) is None
    other = await registry.put(replace(MATHS, id="s2"))
    with pytest.raises(Refused) as refusal:
        await registry.put(replace(OPEN, studio=other.id))
    assert refusal.value.code == "taken"
    await registry.remove_lesson(CARD.id)
    assert await registry.open_lessons("s1") == []
    assert await registry.said_in_studio("s1") == []


async def test_with_a_studio_goes_what_is_of_it(registry: SqlRegistry) -> None:
    await settled(registry)
    await registry.remove(Studio, "s1", 1)
    assert await registry.studio("s1") is None
    assert await registry.apprentices(account="li") == []
    assert await registry.studio_opening(CARD.id) is None
    assert await registry.lesson(CARD.id) == CARD
