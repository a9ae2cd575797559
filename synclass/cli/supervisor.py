"""Keeps the processes of one server at work: starts them, starts again what died, ends them all."""

import asyncio
import ctypes
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from signal import SIGINT, SIGKILL, SIGTERM, strsignal

import structlog

FIRST_DELAY, LONGEST_DELAY = 0.1, 5.0  # seconds before a dead child is started again
HEALTHY = 10.0  # seconds; who lived that long is started again without further patience
GRACE = 3.0  # seconds from TERM to KILL
_PARENT = "SYNCLASS_PARENT"  # the supervisor's process id, for its children
_PR_SET_PDEATHSIG = 1  # <linux/prctl.h>

log = structlog.get_logger()


def die_with_parent() -> None:
    """Call first in a child: the kernel kills it when the supervisor ends, however it ends.

    On Linux only, elsewhere nothing happens; nor in a process that no supervisor started.
    """
    parent = os.environ.pop(_PARENT, None)  # our own children have another parent
    if parent is None or sys.platform != "linux":
        return
    if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, int(SIGKILL), 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG)")
    if os.getppid() != int(parent):  # it was gone before the kernel knew of our wish
        os._exit(1)


class Backoff:
    """How long to wait before a child that died is started again."""

    def __init__(self) -> None:
        self._next = FIRST_DELAY

    def delay(self, lived: float) -> float:
        """Seconds to wait after a life of ``lived`` seconds: twice as long after each short one."""
        if lived >= HEALTHY:
            self._next = FIRST_DELAY
        delay, self._next = self._next, min(self._next * 2, LONGEST_DELAY)
        return delay


class Supervisor:
    """Runs named children (their argv lists) until stop(), SIGINT or SIGTERM.

    Each child leads a session of its own, so Ctrl-C in a terminal reaches the supervisor alone,
    and what a child started itself ends with it.  Children call die_with_parent() first.
    """

    def __init__(self, children: Mapping[str, Sequence[str]]) -> None:
        self._children = children
        self._stopping = asyncio.Event()
        self.pids: dict[str, int] = {}
        """The children alive now and their process ids."""
        self.died: set[str] = set()
        """Those that ever ended before they were to."""

    def stop(self) -> None:
        """Make run() end all children and return; may be called more than once."""
        self._stopping.set()

    async def run(self) -> None:
        """Start the children and keep them at work; call it once, from the main thread.

        The main thread, because a child dies with the *thread* that started it (prctl(2)).
        """
        loop = asyncio.get_running_loop()
        for signal in (SIGINT, SIGTERM):
            loop.add_signal_handler(signal, self.stop)
        try:
            async with asyncio.TaskGroup() as group:
                for name, argv in self._children.items():
                    group.create_task(self._keep(name, argv), name=name)
        finally:
            for signal in (SIGINT, SIGTERM):
                loop.remove_signal_handler(signal)

    async def _keep(self, name: str, argv: Sequence[str]) -> None:
        clock, backoff = asyncio.get_running_loop().time, Backoff()
        while not self._stopping.is_set():
            born_at = clock()
            code = await self._live(name, argv)
            if self._stopping.is_set():
                return
            self.died.add(name)
            delay = backoff.delay(clock() - born_at)
            log.warning("child died", child=name, code=code, again_in=delay)
            await self._stopped_within(delay)

    async def _live(self, name: str, argv: Sequence[str]) -> str:
        """One life of a child, to its own end or ours; says how it ended."""
        try:
            child = await asyncio.create_subprocess_exec(
                *argv,
                stdin=asyncio.subprocess.DEVNULL,
                start_new_session=True,
                env={**os.environ, _PARENT: str(os.getpid())},
            )
        except OSError as error:  # no such program, no more processes: as good as dead
            return str(error)
        self.pids[name] = child.pid
        log.info("child started", child=name, pid=child.pid)
        ended = asyncio.create_task(child.wait())
        stopped = asyncio.create_task(self._stopping.wait())
        try:
            await asyncio.wait({ended, stopped}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopped.cancel()
            await _end(child)
            del self.pids[name]
        return _how(await ended)

    async def _stopped_within(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._stopping.wait()


async def _end(child: asyncio.subprocess.Process) -> None:
    """Ask the child to end, then make it, and whatever it has left behind in its session."""
    with suppress(ProcessLookupError):
        child.send_signal(SIGTERM)
    try:
        with suppress(TimeoutError):
            async with asyncio.timeout(GRACE):
                await child.wait()
    finally:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, SIGKILL)
    await child.wait()


def _how(code: int) -> str:
    return str(code) if code >= 0 else f"{code} ({strsignal(-code)})"
