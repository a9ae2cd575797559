"""A lesson made into a film, in figures: how fast, and in what memory."""

import os
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from recorder.export import HANDS, Export
from recorder.shelf import FileShelf

from ... import wire
from ...conduct import End
from ...toolbox import new_lesson
from . import hour
from .taping import LESSON, tape

MINUTES = 10  # of the hour: each is as full of ink as the next
WHOSE = resource.RUSAGE_SELF, *HANDS * (resource.RUSAGE_CHILDREN,)
"""Who is in memory at once: each of those who draw is counted as the largest."""


class Told(Struct, frozen=True):
    export_x_realtime: float
    """Seconds of the lesson for one of the clock."""
    export_cpu_x_realtime: float
    """The same for one of CPU, of all processes together."""
    export_mb: float
    """Of memory at the most, this process with all it has loaded, and those who draw."""
    film_kbit_s: float


def measure(*, minutes: float = MINUTES, camera: bool = False) -> Told:
    """Make a film of so many minutes of the hour, with a voice and a camera where asked."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        lasts = keep(FileShelf(data), minutes * 60)
        if camera:
            tape(data, lasts, "video")
        began, cpu = time.perf_counter(), sum(os.times()[:4])
        made = Export(FileShelf(data), LESSON, data / "film", lambda done: None).make()
        took, used = time.perf_counter() - began, sum(os.times()[:4]) - cpu
        size = made.stat().st_size
    most = sum(resource.getrusage(who).ru_maxrss for who in WHOSE) / 1024
    return Told(lasts / took, lasts / used, most, size * 8 / lasts / 1000)


def keep(shelf: FileShelf, seconds: float) -> float:
    """Write the lesson's journal; returns how long it lasted."""
    journal = shelf.journal(LESSON)
    for record in _records(seconds):
        journal.append(record)
    journal.close()
    return seconds


def _records(seconds: float) -> Iterator[bytes]:
    lesson = new_lesson()
    for asked in hour.hour():
        if asked.at >= seconds:
            break
        yield hour.put(lesson, asked)
    ended = lesson.decide(hour.TEACHER, End(), seconds)
    lesson.apply(ended)
    yield wire.record(ended)
