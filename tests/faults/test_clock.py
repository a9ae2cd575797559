"""The wall clock leaps, as where a dead battery meets a time server: lesson time does not."""

import asyncio
import os
import time
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from itertools import pairwise
from pathlib import Path

import pytest

from recorder import proof
from synclass.conduct import End
from synclass.inclass.tracks import Tracks

from ..cli.server import Server
from ..waiting import until
from .films import latest, times
from .school import LONG, SLOW, School, channel, same, serve
from .scribe import Scribe, marks

FAKE = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)
LEAPS = {"+2h": 7200.0, "-1d": -86_400.0, "+0": 0.0}
KEPT = 60  # asks after each leap, and after each fall
AGREE = 2.0  # seconds by which the newest fact may be older than now

pytestmark = pytest.mark.skipif(FAKE is None or not LONG, reason="takes libfaketime and a minute")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose wall clock is a file of ours; its monotonic clock is the machine's."""
    folder = tmp_path_factory.mktemp("server")
    leap(folder / "clock", "+0")
    fake = {"LD_PRELOAD": str(FAKE), "FAKETIME_TIMESTAMP_FILE": str(folder / "clock")}
    fake |= {"FAKETIME_CACHE_DURATION": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    fake |= {"DONT_FAKE_MONOTONIC": "1", "FAKETIME_DONT_RESET": "1"}
    os.environ.update(fake)
    serving = serve(folder / "data")
    try:
        started = next(serving)
    finally:
        for name in fake:
            del os.environ[name]
    yield started
    next(serving, None)


def leap(clock: Path, by: str) -> None:
    aside = clock.with_suffix(".new")
    aside.write_text(f"{by}\n")
    aside.replace(clock)


async def _wall(lesson: School) -> float:
    """What the server's clock says: it dates its answers."""
    async with lesson.door.http.get(f"{lesson.server.url}/healthz") as answer:
        return parsedate_to_datetime(answer.headers["Date"]).timestamp()


async def _more(scribe: Scribe) -> None:
    wanted = len(scribe.acknowledged) + KEPT
    await until(lambda: len(scribe.acknowledged) > wanted, within=SLOW)


async def _leapt(lesson: School, seconds: float) -> bool:
    return abs(await _wall(lesson) - time.time() - seconds) < 5


def _one_voice(lesson: School) -> None:
    """It was recorded in one file, without a hole."""
    assert [track.track for track in lesson.tracks()] == ["camera", "voice"]
    voice = latest(lesson.tracks(), "voice")
    assert voice is not None
    spoken = times(lesson.journal.parent / "media" / voice.name)
    assert max(b - a for a, b in pairwise(spoken)) < 0.5
    assert abs(lesson.entries()[-1].ms / 1000 - spoken[-1]) < AGREE


async def test_a_leap_of_the_wall_clock_moves_nothing_in_a_lesson(lesson: School) -> None:
    await lesson.teach()
    room = await lesson.room("石桥小学")
    await until(lambda: channel(room.lesson, Tracks).taping, within=SLOW)
    scribe = Scribe(lesson.teacher)
    writing = asyncio.create_task(scribe.write())
    for by, seconds in LEAPS.items():
        leap(lesson.server.data.parent / "clock", by)
        await until(lambda s=seconds: _leapt(lesson, s))  # type: ignore[misc]
        await _more(scribe)
        assert abs(lesson.at(time.monotonic()) - lesson.entries()[-1].ms / 1000) < AGREE
        welcomes = lesson.teacher.welcomes
        lesson.server.kill("signaling")
        await until(lambda w=welcomes: lesson.teacher.welcomes > w, within=SLOW)  # type: ignore[misc]
        await _more(scribe)
    writing.cancel()
    await asyncio.wait_for(scribe.answered(), SLOW)
    assert not scribe.refused and marks(lesson.entries(), lesson.teacher.me) == scribe.asked
    at = [entry.ms for entry in lesson.entries()]
    assert at == sorted(at) and abs(lesson.at(time.monotonic()) - at[-1] / 1000) < AGREE
    await until(lambda: same(room, lesson), within=SLOW)
    await lesson.teacher.ask(End())
    await until(lambda: proof.signed(lesson.journal.parent) is not None, within=SLOW)
    _one_voice(lesson)
