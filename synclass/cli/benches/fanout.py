"""What one frame to one client costs the server: real sockets, and the CPU of its process."""

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
from msgspec import Struct

from signaling.room import Room

from ...conduct import Begin, Join
from ...errors import Unavailable
from ...ink import Chain, encode
from ...marks import SEAT, Pen
from ...strokes import AddInk, BeginStroke
from .crowd import Crowd
from .hour import TEACHER, rooms
from .serving import LESSON, serving, ticket

TICK = 0.05  # seconds, as the room's own
ENTER_WITHIN = 30.0  # seconds


class Fanout(Struct):
    clients: int
    ticks: int
    us_per_client: float
    """CPU microseconds, user and system, of the server for a client's frame."""
    idle_share: float
    """Of one core, with everybody there and nobody writing."""


async def measure(clients: int, *, ticks: int = 200, runs: int = 3) -> Fanout:
    """The median of several runs against the same crowd."""
    with tempfile.TemporaryDirectory(prefix="synclass-") as folder:
        async with serving(Path(folder)) as (app, port), _crowd(port, clients):
            room = await app.rooms.open(LESSON)
            await _present(room, clients)
            room.ask(TEACHER, Join())
            room.ask(TEACHER, Begin())
            ink = _ink(room)
            await _cpu(room, ink, ticks)  # what is done once is done, and counts for neither
            idle, frames = list[float](), list[float]()
            for _ in range(runs):
                idle.append(await _cpu(room, None, ticks))
                frames.append(await _cpu(room, ink, ticks))
    base = statistics.median(idle)
    us = (statistics.median(frames) - base) / ticks / clients * 1e6
    return Fanout(clients, ticks, us, base / (ticks * TICK))


async def _cpu(room: Room, ink: Iterator[BeginStroke | AddInk] | None, ticks: int) -> float:
    """CPU seconds of this process for so many frames to everybody, or as long without any.

    The next fact comes when everybody was sent the last, so that none shares a frame.
    """
    await asyncio.sleep(4 * TICK)  # what came before is sent
    before = time.process_time()
    for _ in range(ticks):
        if ink is not None:
            room.ask(TEACHER, next(ink))
        await asyncio.sleep(TICK)
        while _behind(room):  # noqa: ASYNC110  their writers tell nobody
            await asyncio.sleep(TICK / 10)
    return time.process_time() - before


def _behind(room: Room) -> bool:
    return any(member.seen < room.lesson.seq for member in room.members.values())


def _ink(room: Room) -> Iterator[BeginStroke | AddInk]:
    """A pen that never rests; ready packed, for packing is the writer's work."""
    chain, count = Chain(), 0
    while True:
        count += 1
        number = room.lesson.conduct.seats[TEACHER.id] * SEAT + count
        for n in range(20):
            points = [(400 + 9 * n * 6 + 9 * k, 900 + k * k % 7, 12) for k in range(6)]
            packed = encode(chain, points, first=n == 0)
            last = n == 19
            yield (
                AddInk(number, packed, last)
                if n
                else BeginStroke(number, 1, Pen("pen", 0, 12), packed, last)
            )


async def _present(room: Room, clients: int) -> None:
    try:
        async with asyncio.timeout(ENTER_WITHIN):
            while len(room.members) < clients:  # noqa: ASYNC110  they come over sockets
                await asyncio.sleep(TICK)
    except TimeoutError as error:
        raise Unavailable("crowd", f"{len(room.members)} of {clients} clients came") from error


@asynccontextmanager
async def _crowd(port: int, clients: int) -> AsyncIterator[None]:
    tickets = [ticket(who) for who in rooms(clients)]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "synclass.cli.benches.crowd"), stdin=asyncio.subprocess.PIPE
    )
    assert process.stdin is not None
    process.stdin.write(msgspec.json.encode(Crowd(f"http://127.0.0.1:{port}", tickets)) + b"\n")
    try:
        yield
    finally:
        process.stdin.close()
        await process.wait()
