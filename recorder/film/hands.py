"""Processes that make pieces of a film beside one another, each the next one as it is free."""

import os
import signal
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from multiprocessing import connection, get_context, parent_process
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from types import TracebackType
from typing import Self, TypeAlias

from synclass.errors import Unavailable
from synclass.ports import Shelf
from synclass.words import LessonId

from .. import disk
from .maker import Job, Maker
from .plan import Plan

_SPAWN = get_context("spawn")  # nothing of FFmpeg's and Skia's threads is taken along
Told: TypeAlias = "float | tuple[str, str] | None"
"""How many seconds of the job are done; why it cannot go on, for now; that it is done."""


class Hands:
    """They end with this process, however it ends."""

    def __init__(self, count: int, shelf: Shelf, lesson: LessonId, plan: Plan) -> None:
        self._lines: list[Connection[Job, Told]] = []
        self._processes: list[SpawnProcess] = []
        for _ in range(count):
            ours, theirs = _SPAWN.Pipe()
            process = _SPAWN.Process(target=_work, args=(theirs, shelf, lesson, plan), daemon=True)
            process.start()
            theirs.close()
            self._lines.append(ours)
            self._processes.append(process)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failed: object, trace: TracebackType | None
    ) -> None:
        for process, line in zip(self._processes, self._lines, strict=True):
            process.kill()
            process.join()
            line.close()

    def make(self, jobs: Sequence[Job]) -> Iterator[tuple[Job, float]]:
        """Seconds that are done of a job; raises Unavailable, or RuntimeError where one died."""
        waiting, busy = deque(jobs), dict["Connection[Job, Told]", Job]()
        for line in self._lines[: len(jobs)]:
            busy[line] = _next(line, waiting)
        while busy:
            ready = connection.wait([*busy])
            for line in [line for line in busy if line in ready]:
                told, job = _heard(line), busy[line]
                yield job, job.lasts if told is None else told
                if told is None:
                    del busy[line]
                    if waiting:
                        busy[line] = _next(line, waiting)


def _next(line: "Connection[Job, Told]", waiting: deque[Job]) -> Job:
    job = waiting.popleft()
    line.send(job)
    return job


def _heard(line: "Connection[Job, Told]") -> float | None:
    try:
        told = line.recv()
    except EOFError:
        raise RuntimeError("one who made a part of the film died") from None
    if isinstance(told, tuple):
        raise Unavailable(*told)
    return told


def _work(line: "Connection[Told, Job]", shelf: Shelf, lesson: LessonId, plan: Plan) -> None:
    """Make what it is told, one after the other, until its parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever gave us work ends us
    threading.Thread(target=_end_with_parent, daemon=True).start()
    maker = Maker(shelf, lesson, plan)
    with suppress(EOFError, ConnectionError):  # there is nobody any more whom to tell
        while True:
            try:
                maker.make(line.recv(), line.send)
            except OSError as error:
                why = disk.unavailable(error)
                line.send((why.code, str(why)))
            line.send(None)


def _end_with_parent() -> None:
    parent = parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
