"""A media worker is killed: voice, picture and recording are back within seconds."""

import asyncio
import time

from synclass.inclass.tracks import Tracks

from ..waiting import until
from .school import LONG, SLOW, School, channel, same
from .scribe import Scribe, marks
from .watcher import Watcher

KILLS = 10 if LONG else 1
BACK_WITHIN = 10.0  # seconds; 5 of them the supervisor's longest patience, then a new process
GONE = 0.3  # seconds after which nothing of the dead worker is still on its way


async def test_voice_and_picture_come_back_when_the_media_worker_died(lesson: School) -> None:
    await lesson.teach()
    room = await lesson.room("双庙中心校")
    watcher = await lesson.watch(room)
    await until(lambda: channel(room.lesson, Tracks).taping, within=SLOW)
    scribe = Scribe(lesson.teacher)
    writing = asyncio.create_task(scribe.write())
    for _ in range(KILLS):
        facts = lesson.entries()
        await _kill_and_wait(lesson, watcher)
        assert lesson.entries()[: len(facts)] == facts
    writing.cancel()
    await asyncio.wait_for(scribe.answered(), SLOW)
    assert room.welcomes == 1  # no line but that of the media was ever cut
    assert not scribe.refused
    assert marks(lesson.entries(), lesson.teacher.me) == scribe.asked
    await until(lambda: same(room, lesson), within=SLOW)


async def _kill_and_wait(lesson: School, watcher: Watcher) -> None:
    lesson.server.kill("media-0")
    killed = time.monotonic()
    both = watcher.heard, watcher.seen
    await until(lambda: all(_after(notes, killed) for notes in both), within=SLOW)
    heard, seen = (min(_after(notes, killed)) - killed for notes in both)
    offered = watcher.offered[-1] - killed
    await until(lambda: _recorded(lesson, killed) == {"voice", "camera"}, within=SLOW)
    print(f"\nmedia worker killed: heard again after {heard:.1f} s, seen after {seen:.1f} s,")
    print(f"the room's new offer came after {offered:.1f} s")
    assert max(heard, seen) < BACK_WITHIN


def _after(notes: list[float], killed: float) -> list[float]:
    return [at for at in notes if at > killed + GONE]


def _recorded(lesson: School, killed: float) -> set[str]:
    """The teacher's tracks of which something later than this is on disk."""
    ms = (lesson.at(killed) + GONE) * 1000
    return {track.track for track in lesson.tracks() if track.ends_ms > ms + 1000}
