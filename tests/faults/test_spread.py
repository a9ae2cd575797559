"""One of two media workers is killed: the other takes its class, and nobody waits for the dead."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ..cli.server import Server
from ..waiting import until
from .school import SLOW, School, healthy, serve
from .watcher import Watcher, longest_gap

WORKERS = ("media-0", "media-1")
BACK_WITHIN = 2.0  # seconds of silence in a room whose media worker has died


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    yield from serve(Path(tmp_path_factory.mktemp("server")) / "data", "--workers", "2")


async def test_another_worker_takes_the_class_of_one_that_died(lesson: School) -> None:
    await lesson.teach()
    watcher = await lesson.watch(await lesson.room("双庙中心校"))
    silences = [await _silence(lesson, watcher, worker) for worker in WORKERS]
    print("\na media worker killed, then the other: silence of", silences, "s")
    assert max(silences) < BACK_WITHIN
    assert watcher.offered[1:], "the class was in one of them, and had to move"


async def _silence(lesson: School, watcher: Watcher, worker: str) -> float:
    """How long the room hears nothing when this worker dies."""
    await until(lambda: healthy(lesson.server), within=SLOW)
    lesson.server.kill(worker)
    killed = time.monotonic()
    await until(lambda: watcher.heard[-1] > killed + BACK_WITHIN, within=SLOW)
    return round(longest_gap(watcher.heard, killed, killed + BACK_WITHIN), 2)
