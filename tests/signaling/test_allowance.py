"""A school begins as many lessons as it may, with as many rooms; a running one goes on."""

import time

import pytest
from msgspec.structs import replace

from synclass.adapters.memory import MemoryDirectory
from synclass.conduct import Begin, End, Join, Leave, Lose
from synclass.errors import Refused
from synclass.ports import LessonCard
from synclass.school.quota import Quota, Used
from synclass.words import SYSTEM, LessonId, Participant, ParticipantId, Role

from ..conftest import TEACHER
from .server import School
from .test_livemap import begin

FIRST = Participant(ParticipantId("a"), "双庙小学", Role.CLASSROOM, "双庙小学")
SECOND = replace(FIRST, id=ParticipantId("b"))
INCLASS, NEXT = LessonId("inclass"), LessonId("next")


async def opened(town: School) -> None:
    """A lesson runs with two rooms, and one more waits for its bell."""
    await begin(town)
    await town.registry.save_lesson(LessonCard(NEXT, "小数", "数学", "wang", "222222", time.time()))
    room = await town.app.rooms.open(NEXT)
    room.ask(TEACHER, Join())


async def allow(town: School, quota: Quota) -> None:
    await town.registry.put(quota)
    await town.app.rooms.allowance.look(town.app.rooms.live)


async def test_a_lesson_too_many_begins_when_another_is_over(town: School) -> None:
    await opened(town)
    await allow(town, Quota("", lessons=1))
    live = town.app.rooms.live
    with pytest.raises(Refused) as refused:
        live[NEXT].ask(TEACHER, Begin())
    assert refused.value.code == "quota-lessons"
    live[INCLASS].ask(TEACHER, End())
    live[NEXT].ask(TEACHER, Begin())
    assert town.app.rooms.allowance.used(live) == {"s1": Used(1, 0)}


async def test_a_running_lesson_keeps_its_rooms_and_takes_no_more(town: School) -> None:
    await opened(town)
    room = town.app.rooms.live[INCLASS]
    room.ask(FIRST, Join())
    await allow(town, Quota("s1", rooms=2))
    assert town.app.rooms.allowance.used(town.app.rooms.live) == {"s1": Used(1, 3)}
    with pytest.raises(Refused) as refused:
        room.ask(SECOND, Join())
    assert refused.value.code == "quota-rooms"
    room.ask(SYSTEM, Lose(FIRST.id))
    room.ask(FIRST, Join())
    room.ask(FIRST, Leave())
    room.ask(FIRST, Join())  # who was there may always come back
    assert FIRST.id in room.lesson.conduct.present


async def test_lessons_on_other_nodes_count_as_long_as_somebody_holds_them(town: School) -> None:
    await opened(town)
    card = LessonCard(LessonId("far"), "面积", "数学", "wang", "333333", 1.0, 2.0)
    await town.registry.save_lesson(card)
    await allow(town, Quota("s1", lessons=2))
    town.app.rooms.live[NEXT].ask(TEACHER, Begin())  # nobody holds it: that one fell
    directory = MemoryDirectory()
    await directory.claim(card.id, "there", 60.0)
    town.app.rooms.live[INCLASS].ask(TEACHER, End())
    allowance = type(town.app.rooms.allowance)(town.registry, directory)
    waiting = {LessonId("third"): town.app.rooms.live[INCLASS]}
    await allowance.look(waiting)
    assert allowance.used(waiting) == {}
    assert allowance.elsewhere == {"s1": 1}


async def test_a_lesson_of_no_school_of_the_district_has_no_quota(town: School) -> None:
    await opened(town)
    await allow(town, Quota("", lessons=1, rooms=1))
    card = LessonCard(LessonId("guest"), "诗", "语文", "sun", "444444", 1.0)
    await town.registry.save_lesson(card)
    room = await town.app.rooms.open(card.id)
    for who in (TEACHER, FIRST, SECOND):
        room.ask(who, Join())
    room.ask(TEACHER, Begin())
