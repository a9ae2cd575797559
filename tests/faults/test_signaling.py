"""Signaling is killed again and again while a teacher writes: a class loses nothing by it."""

import asyncio
import random
import time

from ..waiting import until
from .school import LONG, SLOW, School, same
from .scribe import Scribe, marks
from .watcher import between, longest_gap

SEED = 20270101
KILLS = 50 if LONG else 3
ACKNOWLEDGED = (40, 250)  # asks from one kill to the next, at random


async def test_a_lesson_survives_the_death_of_signaling_again_and_again(lesson: School) -> None:
    dice = random.Random(SEED)
    await lesson.teach()
    room = await lesson.room("草兴小学")
    watcher = await lesson.watch(room)
    scribe = Scribe(lesson.teacher)
    writing = asyncio.create_task(scribe.write())
    outages = [await _outage(lesson, scribe, dice) for _ in range(KILLS)]
    wanted = len(scribe.acknowledged) + 100
    await until(lambda: len(scribe.acknowledged) > wanted, within=SLOW)
    writing.cancel()
    await asyncio.wait_for(scribe.answered(), SLOW)
    assert not scribe.refused
    assert sorted(scribe.acknowledged) == sorted(scribe.asked)
    assert marks(lesson.entries(), lesson.teacher.me) == scribe.asked
    await until(lambda: same(room, lesson), within=SLOW)
    await until(lambda: same(lesson.teacher, lesson), within=SLOW)
    for killed, back in outages:
        assert between(watcher.heard, killed, back) > 25 * (back - killed)  # 50 in a second
        assert longest_gap(watcher.heard, killed, back) < 1.0
        assert longest_gap(watcher.seen, killed, back) < 1.5
    assert len(watcher.offered) == 1
    away = sorted(back - killed for killed, back in outages)
    gaps = [longest_gap(watcher.heard, *outage) for outage in outages]
    print(f"\nsignaling: {KILLS} kills, {len(scribe.asked)} asks, all kept once and in order;")
    print(f"back after {away[0]:.1f}..{away[-1]:.1f} s, longest silence {max(gaps):.2f} s")


async def _outage(lesson: School, scribe: Scribe, dice: random.Random) -> tuple[float, float]:
    """Kill at a random moment; returns when, and when the teacher's first ask was kept again."""
    wanted = len(scribe.acknowledged) + dice.randint(*ACKNOWLEDGED)
    await until(lambda: len(scribe.acknowledged) > wanted, within=SLOW)
    welcomes = lesson.teacher.welcomes
    lesson.server.kill("signaling")
    killed = time.monotonic()
    await until(lambda: lesson.teacher.welcomes > welcomes, within=SLOW)
    answered = len(scribe.acknowledged)
    await until(lambda: len(scribe.acknowledged) > answered, within=SLOW)
    return killed, time.monotonic()
