"""A paired device brings its class with it; whoever came by the six digits brings none."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from signaling.seating import seat_paired, seated
from synclass.conduct import Join, Lose
from synclass.inclass.roll import MarkPupil, Roll
from synclass.ports import Device, LessonCard
from synclass.words import LessonId, Participant, ParticipantId, Role

from ..adapters.registry.villages import LISTENING, MING, settle
from ..conftest import TEACHER
from ..waiting import until
from .server import School, school

LESSON = LessonId("maths")
PAIRED = Device("dev1", "x" * 64, "", 1.0, "c2", 2.0, "admin")
ROOM = Participant(ParticipantId("room-dev1"), "草兴小学 三年级", Role.CLASSROOM, "草兴小学")
STRANGER = Participant(ParticipantId("room-0123456789"), "草兴小学", Role.CLASSROOM, "草兴小学")
HONG = replace(MING, id="p7", number="20260002", name="小红", row=1, column=1)


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[School]:
    async with school(tmp_path) as town:
        await settle(town.registry)
        await town.registry.take_in([HONG])
        await town.registry.save_device(PAIRED)
        await town.registry.save_lesson(LessonCard(LESSON, "分数", "数学", "wang", "123456", 1.7e9))
        (await town.app.rooms.open(LESSON)).ask(TEACHER, Join())
        yield town


def roll(town: School) -> Roll:
    channel = town.app.rooms.live[LESSON].lesson.channel("roll")
    assert isinstance(channel, Roll)
    return channel


async def test_a_paired_devices_class_sits_there_by_itself_and_only_once(town: School) -> None:
    room = town.app.rooms.live[LESSON]
    for who in (STRANGER, ROOM):
        room.ask(who, Join())
    await until(lambda: ROOM.id in roll(town).rosters)
    roster = roll(town).rosters[ROOM.id]
    assert [pupil.name for pupil in roster.pupils] == ["小红", "小明"]
    assert (roster.classroom, roster.school) == ("c2", "草兴小学")
    room.ask(ROOM, MarkPupil(ROOM.id, 1, here=False))
    room.tell(Lose(ROOM.id))
    room.ask(ROOM, Join())
    await seat_paired(town.registry, room, ROOM.id)
    assert not roll(town).rosters[ROOM.id].pupils[0].here, "who was absent still is"
    assert STRANGER.id not in roll(town).rosters, "a door opened by digits brings no names"


async def test_a_device_that_still_waits_brings_nobody(town: School) -> None:
    room = town.app.rooms.live[LESSON]
    room.ask(STRANGER, Join())
    await town.registry.save_device(replace(PAIRED, id="0123456789", code="123456", classroom=""))
    await seat_paired(town.registry, room, STRANGER.id)
    assert roll(town).rosters == {}


def test_a_room_without_rows_has_its_pupils_standing() -> None:
    command = seated(ROOM.id, replace(LISTENING, rows=0, columns=0), [MING, HONG])
    assert (command.names, command.seats, command.columns) == (["小明", "小红"], [0, 0], 6)
