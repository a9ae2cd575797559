"""The robot at the blackboard waits for its class, writes, calls on stage, and rings the bell."""

import asyncio
from pathlib import Path

import pytest

from synclass import wire
from synclass.cli.robot import script
from synclass.cli.robot import teacher as module
from synclass.cli.robot.sound import melody
from synclass.cli.robot.teacher import Teacher
from synclass.conduct import Ended
from synclass.errors import Refused
from synclass.inclass.chat import Said
from synclass.inclass.hands import RaiseHand
from synclass.inclass.stage import StageEntered, StageLeft
from synclass.marks import SEAT
from synclass.strokes import StrokeBegun

from ...conftest import OTHER_VILLAGE, TEACHER, VILLAGE
from ...signaling.wsclient import Desk, School, school
from .presence import Brisk, at_work, client, told

MELODY = melody()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A teacher who is in a hurry."""
    for name in ("BREATH", "THINKING", "BETWEEN", "TALK"):
        monkeypatch.setattr(module, name, (0.05, 0.05))
    monkeypatch.setattr(module, "ON_STAGE", 0.2)


def teacher(here: School) -> Teacher:
    return Teacher(client(here, TEACHER), MELODY, Brisk(1))


async def begun(desk: Desk) -> None:
    while desk.lesson.conduct.began_at is None:
        await desk.hear(wire.Entries)


async def test_a_lesson_begins_when_the_class_is_complete(tmp_path: Path) -> None:
    async with school(tmp_path) as here:
        room = await here.enter(VILLAGE)
        async with at_work(teacher(here).run(rooms=2, minutes=1)):
            await asyncio.sleep(0.3)
            assert here.lesson().conduct.began_at is None
            await here.enter(OTHER_VILLAGE)
            await begun(room)


async def test_a_lesson_is_over_after_its_minutes(tmp_path: Path) -> None:
    async with school(tmp_path) as here:
        room = await here.enter(VILLAGE)
        await asyncio.wait_for(teacher(here).run(rooms=1, minutes=0.02), 10)
        await told(room, Ended)
        conduct = here.lesson().conduct
        assert conduct.began_at is not None and conduct.ended_at is not None
        assert conduct.ended_at - conduct.began_at == pytest.approx(1.2, abs=1.0)


async def test_a_teacher_writes_and_talks(tmp_path: Path) -> None:
    async with school(tmp_path) as here:
        room = await here.enter(VILLAGE)
        async with at_work(teacher(here).run(rooms=1, minutes=1)):
            said, strokes = await told(room, Said), await told(room, StrokeBegun, 3)
        assert said[0].text in script.WORDS
        assert {stroke.pen for stroke in strokes} == {script.CHALK}
        seat = here.lesson().conduct.seats[TEACHER.id]
        assert {stroke.stroke // SEAT for stroke in strokes} == {seat}


async def test_a_robot_started_anew_writes_no_number_twice(tmp_path: Path) -> None:
    async with school(tmp_path) as here:
        room = await here.enter(VILLAGE)
        for lives in (1, 2):
            robot = teacher(here)
            async with at_work(robot.run(rooms=1, minutes=1)):
                strokes = await told(room, StrokeBegun, 2 * lives)
            assert not robot.client.refusals
        numbers = [stroke.stroke for stroke in strokes]
        assert numbers == sorted(set(numbers))


async def test_whoever_raises_a_hand_is_called_on_stage_and_thanked(tmp_path: Path) -> None:
    async with school(tmp_path) as here:
        room = await here.enter(VILLAGE)
        async with at_work(teacher(here).run(rooms=1, minutes=1)):
            await begun(room)
            await room.done(RaiseHand())
            assert [entered.who for entered in await told(room, StageEntered)] == [VILLAGE.id]
            assert [left.who for left in await told(room, StageLeft)] == [VILLAGE.id]


async def test_a_person_takes_over_from_the_robot(tmp_path: Path) -> None:
    async with school(tmp_path) as here:
        room = await here.enter(VILLAGE)
        running = asyncio.create_task(teacher(here).run(rooms=1, minutes=1))
        await begun(room)
        await here.enter(TEACHER)
        with pytest.raises(ExceptionGroup) as ended:
            await asyncio.wait_for(running, 10)
        assert [error.code for error in ended.value.exceptions if isinstance(error, Refused)] == [
            "elsewhere"
        ]
        assert here.lesson().conduct.ended_at is None
