"""A client that reads nothing, and some that mean harm, disturb nobody else's lesson."""

import asyncio
import random
import socket
import time
from contextlib import suppress
from statistics import median, quantiles

import aiohttp
from msgspec import Raw

from synclass import wire
from synclass.cli.robot.client import BEAT, Client
from synclass.cli.robot.messages import Welcome, down
from synclass.inclass.chat import Say

from ..waiting import until
from .school import LONG, SLOW, School, same
from .scribe import Scribe, marks

SEED = 20270103
SILENT = 1000  # connections that never say hello
HELLO_WITHIN = 10.0  # seconds they are given
LATE = 5.0  # seconds more on a busy machine
FLOOD = 6000 if LONG else 4000  # asks at once
NOISE = 300 if LONG else 40  # connections that send random bytes
WORST = 1.0  # seconds an honest ask may take while all this goes on; 99 of 100
WINDOWS, BUSY = 40, 25  # windows one after the other, and what each asks meanwhile
TRIPS = 100  # asks of somebody honest
LONG_WORDS = "难" * 480
EVERY = 0.05  # seconds between two of these


async def test_a_room_that_reads_nothing_disturbs_nobody(lesson: School) -> None:
    await lesson.teach(media=False)
    honest = await lesson.room("青山小学")
    entrance = await lesson.door.knock(lesson.card.code, "白水小学")
    async with narrow() as http:
        slow = await _enter(lesson, entrance.ticket, http)
        _line(slow).pause_reading()
        beats = asyncio.create_task(_beat(slow))
        scribe = Scribe(lesson.teacher)
        writing = asyncio.create_task(scribe.write())
        seconds = await _round_trips(honest, TRIPS)
        writing.cancel()
        await asyncio.wait_for(scribe.answered(), SLOW)
        _line(slow).resume_reading()
        async with asyncio.timeout(SLOW):
            await _told_anew(slow)
        beats.cancel()
    assert not scribe.refused
    assert marks(lesson.entries(), lesson.teacher.me) == scribe.asked
    await until(lambda: same(honest, lesson), within=SLOW)
    _print("beside a client that reads nothing", seconds)


async def test_a_flood_a_thousand_silent_lines_and_noise_disturb_nobody(lesson: School) -> None:
    await lesson.teach(media=False)
    honest = await lesson.room("大坪小学")
    ticket = (await lesson.door.knock(lesson.card.code, "柳林小学")).ticket
    hostile = asyncio.create_task(_be_hostile(lesson, ticket))
    seconds = list[float]()
    while not hostile.done():
        seconds += await _round_trips(honest, 10)
    await hostile
    assert lesson.teacher.welcomes == honest.welcomes == 1
    _print("beside the hostile", seconds)
    await until(lambda: same(lesson.teacher, lesson), within=SLOW)


async def test_a_window_hears_why_it_is_closed_however_busy_it_is(lesson: School) -> None:
    await lesson.teach(media=False)
    ticket = (await lesson.door.knock(lesson.card.code, "草兴小学")).ticket
    before = await _enter(lesson, ticket)
    command, n = Raw(wire.encode(Say("!"))), 0
    for _ in range(WINDOWS):
        for _ in range(BUSY):
            n += 1
            await before.send_bytes(wire.encode(wire.Ask(n, command)))
        after = await _enter(lesson, ticket)
        assert await _goodbye(before) == "elsewhere"
        before = after
    _line(before).abort()


async def _be_hostile(lesson: School, ticket: str) -> None:
    dice = random.Random(SEED)
    silent = asyncio.create_task(_keep_silent(lesson))
    await asyncio.gather(*(_flood(lesson, f"第{n}小学") for n in range(3)))
    for n in range(NOISE):
        said = await _noise(lesson, ticket if n % 2 else "", dice)
        assert said == "malformed", f"noise {n}"
    await silent


async def _keep_silent(lesson: School) -> None:
    """All of them are closed in time, by the server."""
    opened = time.monotonic()
    lines = [await _connect(lesson) for _ in range(SILENT)]
    took = time.monotonic() - opened
    async with asyncio.timeout(took + HELLO_WITHIN + LATE):
        ends = await asyncio.gather(*map(_goodbye, lines))
    assert set(ends) == {"malformed"}


async def _flood(lesson: School, room: str) -> None:
    """Taken a hundred a second, and let go where it does not end; its line may break before."""
    ws = await _enter(lesson, (await lesson.door.knock(lesson.card.code, room)).ticket)
    command = Raw(wire.encode(Say("!")))
    with suppress(aiohttp.ClientError, ConnectionError):
        for n in range(1, FLOOD):
            await ws.send_bytes(wire.encode(wire.Ask(n, command)))
    _line(ws).abort()


async def _noise(lesson: School, ticket: str, dice: random.Random) -> str:
    """Random bytes in place of a hello, or after it."""
    ws = await _enter(lesson, ticket) if ticket else await _connect(lesson)
    await ws.send_bytes(dice.randbytes(dice.randrange(1, 2000)))
    return await _goodbye(ws)


async def _connect(
    lesson: School, http: aiohttp.ClientSession | None = None
) -> aiohttp.ClientWebSocketResponse:
    http = http or lesson.door.http
    return await http.ws_connect(lesson.server.url + "/ws", max_msg_size=0)


async def _enter(
    lesson: School, ticket: str, http: aiohttp.ClientSession | None = None
) -> aiohttp.ClientWebSocketResponse:
    ws = await _connect(lesson, http)
    await ws.send_bytes(wire.encode(wire.Hello(wire.SCHEMA, ticket)))
    await ws.receive_bytes()
    return ws


async def _goodbye(ws: aiohttp.ClientWebSocketResponse) -> str:
    """The code the server closes with; "" where it only hangs up."""
    code = ""
    async for message in ws:
        if isinstance(said := down(message.data), wire.Goodbye):
            code = said.code
    return code


def narrow() -> aiohttp.ClientSession:
    """Lines whose kernel takes in little that nobody reads."""
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(socket_factory=_narrow_socket))


def _narrow_socket(address: "aiohttp.AddrInfoType") -> socket.socket:
    made = socket.socket(address[0], address[1], address[2])
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    made.setblocking(False)
    return made


async def _told_anew(ws: aiohttp.ClientWebSocketResponse) -> None:
    """What it did not read was not kept for it: it is sent the lesson as it is now."""
    while not isinstance(said := down(await ws.receive_bytes()), Welcome):
        pass
    assert said.states is not None


async def _beat(ws: aiohttp.ClientWebSocketResponse) -> None:
    while True:
        await asyncio.sleep(BEAT)
        await ws.send_bytes(wire.encode(wire.Beat(1)))


def _line(ws: aiohttp.ClientWebSocketResponse) -> asyncio.Transport:
    connection = ws._response.connection
    assert connection is not None and isinstance(connection.transport, asyncio.Transport)
    return connection.transport


async def _round_trips(client: Client, count: int) -> list[float]:
    """Seconds each of an honest client's asks takes."""
    seconds = []
    for n in range(count):
        asked = time.monotonic()
        await asyncio.wait_for(client.ask(Say(f"{n}{LONG_WORDS}")), SLOW)
        seconds.append(time.monotonic() - asked)
        await asyncio.sleep(EVERY)
    return seconds


def _print(where: str, seconds: list[float]) -> None:
    worst = quantiles(seconds, n=100)[98]
    print(f"\n{where}: {len(seconds)} asks, {median(seconds):.3f} s, 99 % in {worst:.3f} s")
    assert worst < WORST
