"""The background threads that bring written bytes to the disk: one for journals, one for media."""

import os
from collections.abc import Callable
from threading import Condition, Thread

GROUP = 0.1
"""Seconds between commits: an fdatasync costs 4 ms, so it is shared and off the event loop."""
MEDIA_GROUP = 0.3
"""Seconds between commits of media: with half a second unwritten a power cut costs below one."""


class Syncer:
    """Commits dirty files every ``group`` seconds, and closes those that are done with.

    Only this thread closes what it was ever given, so no descriptor can be reused under it.  Its
    list holds each open file at most once: it cannot outgrow the number of open files.
    """

    def __init__(self, group: float = GROUP) -> None:
        self._group = group
        self._wake = Condition()
        self._dirty: dict[int, Callable[[OSError], None]] = {}
        self._done: list[int] = []
        self._thread: Thread | None = None

    def dirty(self, file: int, on_error: Callable[[OSError], None]) -> None:
        """Commit this file soon; ``on_error`` is called from the thread where that fails."""
        with self._wake:
            self._dirty[file] = on_error
            self._start()

    def done(self, file: int) -> None:
        """Close this file after its last commit."""
        with self._wake:
            self._done.append(file)
            self._start()

    def _start(self) -> None:
        if self._thread is None:
            self._thread = Thread(target=self._run, name="syncer", daemon=True)
            self._thread.start()
        self._wake.notify()

    def _run(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._dirty or self._done)
                self._wake.wait_for(lambda: False, self._group)
                dirty, self._dirty = self._dirty, {}
                done, self._done = self._done, []
            for file, on_error in dirty.items():
                _commit(file, on_error)
            for file in done:
                os.close(file)


def _commit(file: int, on_error: Callable[[OSError], None]) -> None:
    try:
        os.fdatasync(file)
    except OSError as error:
        on_error(error)


SHARED = Syncer()
"""The thread every journal of this process shares."""
MEDIA = Syncer(MEDIA_GROUP)
"""The thread every media file of this process shares."""
