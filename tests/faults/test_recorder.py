"""The recorder is killed: what was not yet on disk is lost, no more, and its light is honest."""

import random
import time
from pathlib import Path

from synclass.inclass.tracks import TapingSet, Tracks
from synclass.words import TrackName

from ..waiting import until
from .films import latest, times
from .school import LONG, SLOW, School, channel
from .watcher import longest_gap

SEED = 20270102
KILLS = 20 if LONG else 2
LOST_AT_MOST = 0.5  # seconds of media that were not on disk when the recorder died
TRACKS: tuple[TrackName, ...] = ("voice", "camera")
LIFE = (1.5, 4.0)  # seconds of media between two kills, at random


async def test_a_killed_recorder_loses_half_a_second_and_comes_back(lesson: School) -> None:
    dice = random.Random(SEED)
    await lesson.teach()
    room = await lesson.room("逸夫小学")
    watcher = await lesson.watch(room)
    lost, away = list[float](), list[float]()
    for _ in range(KILLS):
        await until(lambda: channel(room.lesson, Tracks).taping, within=SLOW)
        await _grown(lesson, lesson.at(time.monotonic()) + dice.uniform(*LIFE))
        killed = time.monotonic()
        lesson.server.kill("recorder")
        cut = [_newest(lesson, name) for name in TRACKS]
        await until(lambda: not channel(room.lesson, Tracks).taping, within=SLOW)
        await _grown(lesson, lesson.at(time.monotonic()) + 0.3)
        assert longest_gap(watcher.heard, killed, time.monotonic()) < 1.0
        for name, path in zip(TRACKS, cut, strict=True):
            kept, fresh = times(path), times(_newest(lesson, name))
            lost.append(lesson.at(killed) - kept[-1])
            away.append(fresh[0] - kept[-1])
    print(f"\nrecorder killed: at most {max(lost):.2f} s were not on disk yet,")
    print(f"recording again {min(away):.1f}..{max(away):.1f} s later")
    assert max(lost) <= LOST_AT_MOST
    print(f"missing in all: voice {max(away[::2]):.2f} s, camera {max(away[1::2]):.2f} s")
    assert max(away[::2]) <= LOST_AT_MOST
    await until(lambda: channel(room.lesson, Tracks).taping, within=SLOW)
    lights = [entry.fact.on for entry in lesson.entries() if isinstance(entry.fact, TapingSet)]
    assert lights == [True, *[False, True] * KILLS]
    live = {track.name for track in lesson.tracks() if track.live}
    assert live == {_newest(lesson, name).name for name in TRACKS}


async def _grown(lesson: School, second: float) -> None:
    """Both tracks are on disk up to this lesson second."""
    await until(lambda: all(_ends(lesson, name) > second for name in TRACKS), within=SLOW)


def _ends(lesson: School, name: TrackName) -> float:
    track = latest(lesson.tracks(), name)
    return track.ends_ms / 1000 if track else 0.0


def _newest(lesson: School, name: TrackName) -> Path:
    track = latest(lesson.tracks(), name)
    assert track is not None
    return lesson.server.data / "lessons" / lesson.card.id / "media" / track.name
