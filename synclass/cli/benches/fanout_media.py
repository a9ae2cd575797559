"""What one packet to one subscriber costs a media worker: its own process, sockets and keys."""

import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec
from msgspec import Struct

from signaling.sfu import plane

from ...errors import Unavailable
from ..config import VARIABLE, Config
from . import floor
from .audience import Audience, Told

FLOOR_SECONDS = 2.0


class FanoutMedia(Struct):
    plane: str
    srtp: str
    subscribers: int
    us_per_packet: float
    """CPU microseconds, user and system, of all threads of the worker for an outgoing packet."""
    floor_us_per_packet: float
    """The same for nothing but libsrtp and sending frame by frame, to the same subscribers."""
    lost: int
    latency_ms: dict[str, float]
    kb_per_subscriber: float
    join_ms: float
    """From the invitation to the first packet; the median."""
    packets: int


async def measure(subscribers: int, *, seconds: float) -> FanoutMedia:
    """One publisher of 200 packets a second, and so many who are shown it."""
    with tempfile.TemporaryDirectory(prefix="synclass-") as folder:
        async with _worker(folder) as (pid, path):
            audience = Audience(path, pid, subscribers, seconds)
            told, base = await _audience(audience)
    return FanoutMedia(
        plane.available(),
        told.srtp,
        subscribers,
        us_per_packet=round(told.cpu / max(1, told.packets) * 1e6, 2),
        floor_us_per_packet=round(base, 2),
        lost=told.lost,
        latency_ms=told.latency_ms,
        kb_per_subscriber=round(told.kb_per_subscriber, 1),
        join_ms=round(told.join_ms, 1),
        packets=told.packets,
    )


@asynccontextmanager
async def _worker(folder: str) -> AsyncIterator[tuple[int, str]]:
    """-> its process id, and where it listens."""
    config = Config(folder, folder, "127.0.0.1", 0, 0, ["127.0.0.1"], 1)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "synclass.cli.processes.media", "0"),
        env={**os.environ, VARIABLE: config.environment()},
        stdout=asyncio.subprocess.DEVNULL,
    )
    try:
        yield process.pid, config.workers_at[0]
    finally:
        process.terminate()
        await process.wait()


async def _audience(audience: Audience) -> tuple[Told, float]:
    """-> what it tells, and the floor while it still takes what comes."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "synclass.cli.benches.audience"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=2**20,
    )
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(msgspec.json.encode(audience) + b"\n")
    try:
        line = await process.stdout.readline()
        if not line:
            raise Unavailable("audience", "the subscribers ended without a word")
        told = msgspec.json.decode(line, type=Told)
        return told, floor.measure(told.ports, FLOOR_SECONDS)
    finally:
        process.stdin.close()
        await process.wait()
