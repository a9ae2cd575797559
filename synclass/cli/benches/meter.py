"""What processes have spent: their CPU time and their memory."""

import ctypes
import time
from collections.abc import Iterable
from pathlib import Path

_libc = ctypes.CDLL(None)


def cpu_seconds(pids: Iterable[int]) -> float:
    """User and system time of all their threads, also of those that have ended.

    The process's own clock (clock_getcpuclockid), which counts nanoseconds and not ticks.
    """
    return sum(time.clock_gettime(_clock(pid)) for pid in pids)


def _clock(pid: int) -> int:
    clock = ctypes.c_int()
    if error := _libc.clock_getcpuclockid(pid, ctypes.byref(clock)):
        raise ProcessLookupError(error, "nobody has this clock")
    return clock.value


def resident_kb(pids: Iterable[int]) -> float:
    """Resident memory (VmRSS): what is shared with other processes does not grow and cancels."""
    return sum(_resident(pid) for pid in pids)


def _resident(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return float(next(line.split()[1] for line in lines if line.startswith("VmRSS")))
