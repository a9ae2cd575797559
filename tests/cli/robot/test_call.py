"""A robot's call is connected, is heard, and is made anew when media is lost."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from synclass.cli.robot.call import Call
from synclass.cli.robot.network import prepare
from synclass.cli.robot.sound import Voice, melody
from synclass.conduct import Begin
from synclass.inclass.stage import InviteOnStage
from synclass.inclass.tracks import Tracks

from ...conftest import TEACHER, VILLAGE
from ...signaling.sfu.classroom import worker
from ...signaling.wsclient import School, school
from ...waiting import until
from .presence import at_work, client, present

pytestmark = pytest.mark.usefixtures("untouched")
MELODY = melody()


def voice() -> list[Voice]:
    on = asyncio.Event()
    on.set()
    return [Voice(MELODY, on)]


@asynccontextmanager
async def with_media(folder: Path) -> AsyncIterator[School]:
    """A school whose media worker is there before anybody comes."""
    async with worker(folder) as door, school(folder, media=str(door)) as here:
        prepare(here.url)
        await until(lambda: here.app._casting.workers[0].up)
        yield here


def live(here: School) -> list[str]:
    tracks = here.lesson().channel(Tracks.name)
    assert isinstance(tracks, Tracks)
    return sorted(tracks.live)


async def test_who_is_on_stage_is_heard_by_the_teacher(tmp_path: Path) -> None:
    async with (
        with_media(tmp_path) as here,
        present(here, TEACHER) as teacher,
        present(here, VILLAGE) as room,
    ):
        mine, theirs = Call(teacher, voice, voices=1), Call(room, voice, voices=1)
        await teacher.ask(Begin())
        async with at_work(mine.run(), theirs.run()):
            await until(lambda: mine.connected and theirs.connected)
            assert mine.heard == 0, "nobody is on stage yet"
            await teacher.ask(InviteOnStage(VILLAGE.id))
            await until(lambda: mine.heard > 10 and theirs.heard > 10)
            assert live(here) == ["caoxing/voice", "wang/voice"]
        assert not mine.connected


async def test_without_a_media_server_a_call_is_tried_again(tmp_path: Path) -> None:
    async with school(tmp_path) as here, present(here, TEACHER) as teacher:
        made = list[int]()

        def tracks() -> list[Voice]:
            made.append(1)
            return voice()

        call = Call(teacher, tracks)
        async with at_work(call.run()):
            await until(lambda: len(made) > 1)
            assert not call.connected


async def test_a_call_is_made_anew_when_the_media_server_is(tmp_path: Path) -> None:
    async with school(tmp_path, media=str(tmp_path / "media.sock")) as here:
        prepare(here.url)
        teacher = client(here, TEACHER)
        call = Call(teacher, voice)
        async with at_work(teacher.run(), call.run()) as works:
            async with worker(tmp_path):
                await until(lambda: call.connected)
            await until(lambda: not call.connected)
            async with worker(tmp_path):
                await until(lambda: call.connected or any(work.done() for work in works))
