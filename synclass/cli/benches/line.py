"""What writing costs a line: a teacher writes over TLS, a room listens, the kernel has counted."""

import asyncio
import random
import socket
import struct
import tempfile
from collections.abc import AsyncIterator, Awaitable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import msgspec
from msgspec import Struct

from ... import wire
from ...channel import Command
from ...conduct import Begin
from ...ink import TICK, Chain, encode
from ...marks import SEAT, Pen
from ...strokes import AddInk, BeginStroke
from ...words import Participant
from .. import tls
from ..robot.client import BEAT
from .handwriting import HEIGHT_OF_LETTERS, LIFTED, pen, points, writing
from .hour import TEACHER, rooms
from .serving import serving, ticket

SEED = 20261126
BATCH = 12  # points, 100 ms
HEADERS = 52  # bytes of a segment: IPv4 20, TCP 20, its time stamps 12
SETTLED = 1.0  # seconds after entering before it is counted
_INFO = struct.Struct("=8x 24I 4Q 2I")  # struct tcp_info, until tcpi_segs_in


class Line(Struct):
    seconds: float
    down_kbit_s: float
    """Of a room's line, all that comes: ink, beats, acknowledgements, TLS, TCP and IP."""
    up_kbit_s: float
    """Of the teacher's, all that goes."""
    silence_kbit_s: float
    """Down to a room while nobody writes."""


class Counted(Struct):
    received: int
    sent: int


async def measure(seconds: float) -> Line:
    with tempfile.TemporaryDirectory(prefix="synclass-") as folder:
        secret = tls.auto(Path(folder))
        async with serving(Path(folder), secret) as (_, port), aiohttp.ClientSession() as http:
            url = f"wss://127.0.0.1:{port}/ws"
            async with _line(http, url, TEACHER) as teacher, _line(http, url, rooms(1)[0]) as room:
                await _ask(teacher, 1, Begin())
                await asyncio.sleep(SETTLED)
                still = await _during(seconds / 4, room, None)
                before = _counted(teacher)
                heard = await _during(seconds, room, _write(teacher, seconds))
                sent = _counted(teacher).sent - before.sent
    return Line(
        seconds=seconds,
        down_kbit_s=heard / seconds * 8 / 1000,
        up_kbit_s=sent / seconds * 8 / 1000,
        silence_kbit_s=still / (seconds / 4) * 8 / 1000,
    )


@asynccontextmanager
async def _line(
    http: aiohttp.ClientSession, url: str, who: Participant
) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    """A client's socket: it has entered, beats, and reads what comes."""
    async with http.ws_connect(url, ssl=False, max_msg_size=0) as ws:
        await ws.send_bytes(wire.encode(wire.Hello(wire.SCHEMA, ticket(who))))
        await ws.receive_bytes()
        work = [asyncio.create_task(_beat(ws)), asyncio.create_task(_read(ws))]
        try:
            yield ws
        finally:
            for task in work:
                task.cancel()
            await asyncio.gather(*work, return_exceptions=True)


async def _beat(ws: aiohttp.ClientWebSocketResponse) -> None:
    stamp = 0
    while True:
        await asyncio.sleep(BEAT)
        stamp += round(BEAT * 1000)
        await ws.send_bytes(wire.encode(wire.Beat(stamp)))


async def _read(ws: aiohttp.ClientWebSocketResponse) -> None:
    async for _ in ws:
        pass


async def _ask(ws: aiohttp.ClientWebSocketResponse, n: int, command: Command) -> None:
    await ws.send_bytes(wire.encode(wire.Ask(n, msgspec.Raw(wire.encode(command)))))


async def _during(
    seconds: float, ws: aiohttp.ClientWebSocketResponse, work: Awaitable[None] | None
) -> int:
    """What came down a line meanwhile, in bytes."""
    before = _counted(ws)
    if work is None:
        await asyncio.sleep(seconds)
    else:
        await work
    return _counted(ws).received - before.received


async def _write(ws: aiohttp.ClientWebSocketResponse, seconds: float) -> None:
    """Batch after batch when a hand would have written it."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    for n, (at, command) in enumerate(written(seconds), 2):
        await asyncio.sleep(began + at - loop.time())
        await _ask(ws, n, command)
    await asyncio.sleep(began + seconds - loop.time())


def written(seconds: float, *, size: int = BATCH) -> Iterator[tuple[float, BeginStroke | AddInk]]:
    """A hand that writes without a pause but to lift the pen; and when each batch is complete."""
    dice = random.Random(SEED)
    lines, at, stroke = writing(dice, HEIGHT_OF_LETTERS), 0.0, SEAT
    while True:
        stroke += 1
        found, chain = points(pen(next(lines), dice)), Chain()
        for start in range(0, len(found), size):
            part, last = found[start : start + size], start + size >= len(found)
            ink = encode(chain, part, first=start == 0)
            due = at + (start + len(part)) * TICK
            if due > seconds:
                return
            if start:
                yield due, AddInk(stroke, ink, last)
            else:
                yield due, BeginStroke(stroke, 1, Pen("pen", 0, 16), ink, last)
        at += len(found) * TICK + LIFTED


def _counted(ws: aiohttp.ClientWebSocketResponse) -> Counted:
    """Bytes of this socket on the wire so far, headers and acknowledgements too."""
    end: socket.socket = ws.get_extra_info("socket")
    *_, acked, received, out, came = _INFO.unpack(
        end.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _INFO.size)
    )
    return Counted(received=received + came * HEADERS, sent=acked + out * HEADERS)
