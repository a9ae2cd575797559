"""A village room of robots raises its hand, speaks on stage only, and says how it hears."""

import asyncio
from pathlib import Path

import pytest

from synclass import wire
from synclass.channel import Fact
from synclass.cli.robot import room as module
from synclass.cli.robot import script
from synclass.cli.robot.messages import Glimpsed
from synclass.cli.robot.room import ClassRoom
from synclass.cli.robot.sound import melody
from synclass.conduct import Begin
from synclass.errors import Refused
from synclass.inclass.attendance import LinkReport
from synclass.inclass.chat import Said
from synclass.inclass.hands import HandRaised
from synclass.inclass.stage import InviteOnStage, LeaveStage, StageEntered
from synclass.inclass.tracks import TrackPublished, TrackSilent

from ...conftest import TEACHER, VILLAGE
from ...signaling.wsclient import Desk, School, school
from .presence import Brisk, at_work, client, told
from .test_call import with_media

MELODY = melody()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A class with ideas; nobody waits for a minute."""
    for name in ("IDEA", "REPLY"):
        monkeypatch.setattr(module, name, (0.05, 0.05))
    monkeypatch.setattr(module, "MANNERS", 0.05)
    monkeypatch.setattr(module, "REPORT", 0.05)


def room(here: School) -> ClassRoom:
    return ClassRoom(client(here, VILLAGE), 1, MELODY, Brisk(1))


async def test_a_room_raises_its_hand_once_the_lesson_has_begun(tmp_path: Path) -> None:
    async with school(tmp_path) as here:
        teacher = await here.enter(TEACHER)
        async with at_work(room(here).run()):
            await told(teacher, Said, 2)
            assert not teacher.facts(HandRaised), "not before the bell"
            await teacher.done(Begin())
            assert [raised.who for raised in await told(teacher, HandRaised)] == [VILLAGE.id]
            await told(teacher, Said, 6)
            assert len(teacher.facts(HandRaised)) == 1, "it is up already"


async def test_a_room_writes_what_pupils_write(tmp_path: Path) -> None:
    async with school(tmp_path) as here:
        teacher = await here.enter(TEACHER)
        async with at_work(room(here).run()):
            said = await told(teacher, Said, 3)
        assert {message.text for message in said} <= set(script.REPLIES)


async def test_the_teacher_is_told_how_a_room_hears_and_sees(tmp_path: Path) -> None:
    async with school(tmp_path) as here:
        teacher = await here.enter(TEACHER)
        async with at_work(room(here).run()):
            seen = await teacher.hear(Glimpsed)
            report = wire.glimpse(seen.glimpse)
            assert seen.who == VILLAGE.id and isinstance(report, LinkReport)
            assert not report.hears and not report.sees, "there is no media server"
            assert report.seq <= here.lesson().seq


@pytest.mark.usefixtures("untouched")
async def test_a_microphone_is_on_only_on_stage(tmp_path: Path) -> None:
    async with with_media(tmp_path) as here:
        teacher = await here.enter(TEACHER)
        await teacher.done(Begin())
        async with at_work(room(here).run()):
            assert [f.track for f in await told(teacher, TrackPublished)] == ["camera"]
            await teacher.done(InviteOnStage(VILLAGE.id))
            assert [f.track for f in await told(teacher, TrackPublished, 2)][1] == "voice"
            assert _numbers(teacher, TrackPublished)[1] > _numbers(teacher, StageEntered)[0]
            await teacher.done(LeaveStage(VILLAGE.id))
            assert [f.track for f in await told(teacher, TrackSilent)] == ["voice"]


def _numbers(desk: Desk, kind: type[Fact]) -> list[int]:
    """The places in the log of facts of a kind."""
    return [seq for seq, fact in desk.lines if isinstance(fact, kind)]


async def test_a_room_whose_place_another_takes_says_so(tmp_path: Path) -> None:
    async with school(tmp_path) as here:
        teacher = await here.enter(TEACHER)
        running = asyncio.create_task(room(here).run())
        await told(teacher, Said)
        await here.enter(VILLAGE)
        with pytest.raises(ExceptionGroup) as ended:
            await asyncio.wait_for(running, 10)
        assert [error.code for error in ended.value.exceptions if isinstance(error, Refused)] == [
            "elsewhere"
        ]
