"""Any process is killed at any moment, also at the bell: a class and its recording last."""

import asyncio
import random
import time

from recorder import journal, proof
from synclass.conduct import End, Ended
from synclass.inclass.tracks import Tracks

from ..waiting import until
from .films import times
from .school import LONG, SLOW, School, channel, same
from .scribe import Scribe, marks

SEED = 20270103
KILLS = 200 if LONG else 1
LIFE = (0.05, 1.5)  # seconds from a class that is whole again to the next kill, at random
VICTIMS = ("signaling", "media-0", "recorder")


async def test_whatever_is_killed_whenever_the_lesson_is_kept_and_signed(lesson: School) -> None:
    dice = random.Random(SEED)
    await lesson.teach()
    room = await lesson.room("草兴小学")
    scribe = Scribe(lesson.teacher)
    writing = asyncio.create_task(scribe.write())
    for _ in range(KILLS):
        await _whole(lesson, scribe)
        await asyncio.sleep(dice.uniform(*LIFE))
        lesson.server.kill(dice.choice(VICTIMS))
    await _whole(lesson, scribe)
    writing.cancel()
    await asyncio.wait_for(scribe.answered(), SLOW)
    assert not scribe.refused
    assert marks(lesson.entries(), lesson.teacher.me) == scribe.asked
    await until(lambda: same(room, lesson), within=SLOW)
    await lesson.teacher.ask(End())
    lesson.server.kill("recorder")  # between the bell and the manifest, or just behind it
    await until(lambda: proof.signed(lesson.journal.parent) is not None, within=SLOW)
    _proven(lesson)


async def _whole(lesson: School, scribe: Scribe) -> None:
    """The class goes on: what is written is kept, what is said and seen is recorded."""
    await until(lambda: lesson.teacher.online, within=SLOW)
    kept, now = len(scribe.acknowledged), lesson.at(time.monotonic())
    await until(lambda: len(scribe.acknowledged) > kept, within=SLOW)
    await until(lambda: channel(lesson.teacher.lesson, Tracks).taping, within=SLOW)
    await until(lambda: _recorded(lesson, now) == {"voice", "camera"}, within=SLOW)


def _recorded(lesson: School, second: float) -> set[str]:
    return {track.track for track in lesson.tracks() if track.ends_ms / 1000 > second}


def _proven(lesson: School) -> None:
    folder = lesson.journal.parent
    told = proof.signed(folder)
    assert told is not None and list(proof.faults(folder, told)) == []
    assert journal.check(lesson.journal).sound
    tracks = lesson.tracks()
    assert not any(track.live for track in tracks)
    assert {f"media/{track.name}" for track in tracks} <= {file.name for file in told.files}
    for track in tracks:
        found = times(folder / "media" / track.name)
        assert found == sorted(found) and found
    assert any(isinstance(entry.fact, Ended) for entry in lesson.entries())
