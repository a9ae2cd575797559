"""What one packet to one subscriber costs a media worker: its own process, sockets and keys.

Three processes: the worker; its subscribers (audience), who neither wake for a packet nor count the
time until they read it; and this one, in which the publishers speak.  The floor is measured between
the worker's turns, to the same sockets and at the same pace, while the publishers are silent.
"""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Literal, TypeVar

import msgspec
from msgspec import Struct

from signaling.sfu import planes
from signaling.sfu.orders import Open, Tape
from signaling.worker import Worker

from ...errors import Unavailable
from ..config import VARIABLE, Config
from .audience import TEACHER, Audience, Counted, Joined, present
from .floor import Floor
from .handshake import Identity
from .meter import cpu_seconds, resident_kb
from .speaker import Speaker

TURNS = 3  # of the worker and of the floor; the medians count
FLOOR = 0.7  # seconds of a turn: shorter than the silence after which a track is given up
WARM = 7.0  # seconds until a publisher's history is as large as it gets
SETTLE = 0.5  # seconds after a silence
LONGEST_LINE = 2**24  # bytes: the delays of a long turn at many probes
T = TypeVar("T")
PlaneName = Literal["c", "python"]


class Setting(Struct, frozen=True):
    subscribers: int
    """Of each lesson."""
    lessons: int = 1
    seconds: float = 6.0
    tape: bool = False
    """The publishers are recorded, as in a real lesson."""
    plane: PlaneName | None = None


class FanoutMedia(Struct):
    plane: str
    srtp: str
    subscribers: int
    lessons: int
    us_per_packet: float
    """CPU microseconds, user and system, of all threads of the worker for an outgoing packet."""
    floor_us_per_packet: float
    """The same for nothing but libsrtp and sending frame by frame, to the same subscribers."""
    ratio: float
    turns_us: list[float]
    """Of which ``us_per_packet`` is the median: how quiet the machine was."""
    packets: int
    lost: int
    unread: int
    """Came, but our own subscribers were too slow: not among the lost ones of a server."""
    latency_ms: dict[str, float]
    """From just before a packet is sealed and sent by its publisher to a subscriber's kernel."""
    kb_per_subscriber: float
    """How much the worker's resident memory has grown."""
    join_ms: float
    """From asking to the first packet, one at a time; the median."""


class Turn(Struct):
    us: float
    before: Counted
    after: Counted


async def measure(setting: Setting) -> FanoutMedia:
    """Raises Unavailable where somebody cannot join, or the plane was not built."""
    if setting.plane == "c" and planes.available() != "c":
        raise Unavailable("plane", "the plane in C is not built here")
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="synclass-"))
        config = Config(folder, folder, "127.0.0.1", 0, 0, ["127.0.0.1"], 1)
        if setting.tape:
            await stack.enter_async_context(_recorder(config.recorder_at))
        pid = await stack.enter_async_context(_worker(config, setting.plane))
        lessons = [(f"lesson{n}", config.workers_at[0]) for n in range(setting.lessons)]
        speakers = await stack.enter_async_context(_speakers(lessons, tape=setting.tape))
        await asyncio.sleep(WARM)
        empty = resident_kb([pid])
        crowd = await stack.enter_async_context(_crowd(Audience(lessons, setting.subscribers)))
        joined = await crowd.ask(Joined)
        floor, floors, turns = Floor(joined.ports), list[float](), list[Turn]()
        for _ in range(TURNS):
            floors.append(await _silence(speakers, floor))
            turns.append(await _turn(crowd, pid, setting.seconds / TURNS))
        grown = (resident_kb([pid]) - empty) / len(joined.ports)
    return _told(setting, joined, turns, statistics.median(floors), grown)


def _told(
    setting: Setting, joined: Joined, turns: list[Turn], floor: float, grown: float
) -> FanoutMedia:
    us = statistics.median(turn.us for turn in turns)
    delays = [delay for turn in turns for delay in turn.after.delays]
    cuts = statistics.quantiles(delays, n=100)
    due, came, unread = (
        sum(getattr(turn.after, name) - getattr(turn.before, name) for turn in turns)
        for name in ("due", "came", "unread")
    )
    return FanoutMedia(
        setting.plane or planes.available(),
        joined.srtp,
        setting.subscribers,
        setting.lessons,
        us_per_packet=round(us, 2),
        floor_us_per_packet=round(floor, 2),
        ratio=round(us / floor, 2),
        turns_us=[round(turn.us, 2) for turn in turns],
        packets=due,
        lost=max(0, due - came - unread),
        unread=unread,
        latency_ms={"p50": round(cuts[49] / 1e6, 3), "p99": round(cuts[98] / 1e6, 3)},
        kb_per_subscriber=round(grown, 1),
        join_ms=round(joined.join_ms, 1),
    )


async def _silence(speakers: list[Speaker], floor: Floor) -> float:
    """The floor, while nobody speaks."""
    for speaker in speakers:
        speaker.pause()
    await asyncio.sleep(0.05)  # what was said last has gone out
    told = floor.measure(FLOOR)
    for speaker in speakers:
        speaker.resume()
    await asyncio.sleep(SETTLE)
    return told


async def _turn(crowd: "_Crowd", pid: int, seconds: float) -> Turn:
    before, spent = await crowd.ask(Counted), cpu_seconds([pid])
    await asyncio.sleep(seconds)
    after, spent = await crowd.ask(Counted), cpu_seconds([pid]) - spent
    return Turn(spent / max(1, after.due - before.due) * 1e6, before, after)


@asynccontextmanager
async def _worker(config: Config, wanted: PlaneName | None) -> AsyncIterator[int]:
    """-> its process id."""
    environment = {**os.environ, VARIABLE: config.environment()}
    if wanted is not None:
        environment[planes.ENVIRONMENT] = wanted
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "synclass.cli.processes.media", "0"),
        env=environment,
        stdout=asyncio.subprocess.DEVNULL,
    )
    try:
        yield process.pid
    finally:
        process.terminate()
        await process.wait()


@asynccontextmanager
async def _speakers(lessons: list[tuple[str, str]], *, tape: bool) -> AsyncIterator[list[Speaker]]:
    """A publisher for each lesson.  Then signaling goes away, and the audience is it."""
    identity, speakers, tasks = Identity(), list[Speaker](), list[asyncio.Task[None]]()
    worker = Worker(lessons[0][1], lambda event: None, lambda up: None)
    link = asyncio.create_task(worker.run())
    await present(worker)
    for lesson, _ in lessons:
        speaker = Speaker(identity)
        worker.order(Open(lesson, time.monotonic()))
        if tape:
            worker.order(Tape(lesson, [(TEACHER, "voice"), (TEACHER, "camera")]))
        offer = speaker.caller.offer("sendonly")
        await speaker.caller.connect(await worker.invite(lesson, TEACHER, offer))
        tasks.append(asyncio.create_task(speaker.publish()))
        speakers.append(speaker)
    link.cancel()
    try:
        yield speakers
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(link, *tasks, return_exceptions=True)
        for speaker in speakers:
            speaker.caller.close()


@asynccontextmanager
async def _recorder(path: str) -> AsyncIterator[None]:
    """Takes the tape and throws it away."""

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.read(2**18):
            pass
        writer.close()

    async with await asyncio.start_unix_server(take, path):
        yield


class _Crowd:
    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin is not None and process.stdout is not None
        self._orders, self._answers = process.stdin, process.stdout

    async def ask(self, answer: type[T]) -> T:
        """The first answer comes unasked for; a line too many is one more count."""
        if answer is Counted:
            self._orders.write(b"\n")
        line = await self._answers.readline()
        if not line:
            raise Unavailable("audience", "the subscribers ended without a word")
        return msgspec.json.decode(line, type=answer)


@asynccontextmanager
async def _crowd(audience: Audience) -> AsyncIterator[_Crowd]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "synclass.cli.benches.audience"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=LONGEST_LINE,
    )
    assert process.stdin is not None
    process.stdin.write(msgspec.json.encode(audience) + b"\n")
    try:
        yield _Crowd(process)
    finally:
        process.stdin.close()
        await process.wait()
