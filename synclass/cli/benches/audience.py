"""Subscribers in a process of their own: they join one by one, report as browsers do, and count.

Told by one line of JSON (Audience), it answers with Joined when all are in, and then with Counted
to every line.  It ends with its standard input.
"""

import asyncio
import statistics
import sys
import time

import msgspec
from msgspec import Struct

from signaling.sfu.orders import Arrange
from signaling.worker import Worker

from ...errors import Unavailable
from ...inclass.stage import Cast
from ...words import ParticipantId
from . import reports
from .caller import Caller
from .ears import Ear, Ears
from .handshake import Identity

GAP = 0.03  # seconds between one's first packet and the next one's asking
FIRST = 15.0  # seconds a first packet may take
PROBES = 10  # one subscriber in so many looks into packets
REPORT_EVERY = 1.0  # seconds, as browsers
LINK = 3_000_000  # bit/s, told by REMB: more than the picture needs
TEACHER = ParticipantId("teacher")
CASTS = [Cast("audio", 0, TEACHER, "voice", True), Cast("video", 0, TEACHER, "camera", True)]


class Audience(Struct):
    lessons: list[tuple[str, str]]
    """Each lesson's name and where its worker listens."""
    subscribers: int
    """Of each lesson."""


class Joined(Struct):
    join_ms: float
    """From asking to the first packet; the median."""
    srtp: str
    ports: list[int]


class Counted(Struct):
    """Since the beginning; ``delays`` (nanoseconds) since the last time."""

    came: int
    due: int
    unread: int
    """Packets that came and that we were too slow to read: not the server's loss."""
    delays: list[int]


class Subscriber:
    def __init__(self, identity: Identity) -> None:
        self.caller = Caller(identity, self._heard)
        self.ear: Ear | None = None
        self._began: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def join(self, worker: Worker, lesson: str, who: str) -> float:
        """-> seconds from asking to the first packet, as the kernel saw it come."""
        asked = time.time_ns()
        worker.order(Arrange(lesson, who, CASTS))
        await self.caller.connect(await worker.invite(lesson, who, self.caller.offer("recvonly")))
        try:
            async with asyncio.timeout(FIRST):
                return (await self._began - asked) / 1e9
        except TimeoutError as error:
            raise Unavailable("audience", f"no packet came to {who}") from error

    def report(self) -> None:
        """How it comes, and how much may come."""
        if self.ear is None or not self.ear.streams:
            return
        tops = {ssrc: stream.top for ssrc, stream in self.ear.streams.items()}
        self.caller.send(self.caller.sending.protect_rtcp(reports.received(tops, LINK)))

    def _heard(self, caller: Caller, data: bytes, at: int) -> None:
        if not 192 <= data[1] <= 223 and not self._began.done():
            self._began.set_result(at)


class Listening:
    """All subscribers of all lessons."""

    def __init__(self, audience: Audience) -> None:
        self._audience = audience
        self._ears = Ears()
        self._subscribers: list[Subscriber] = []
        self._tasks: list[asyncio.Task[None]] = []

    async def gather(self) -> Joined:
        """Everybody joins, one after the other, the lessons in turn."""
        sockets = {at for _, at in self._audience.lessons}
        workers = {at: await self._worker(at) for at in sorted(sockets)}
        self._tasks += map(asyncio.create_task, (self._ears.listen(), self._report()))
        identity, joins = Identity(), list[float]()
        for number in range(self._audience.subscribers):
            for lesson, at in self._audience.lessons:
                one = Subscriber(identity)
                joins.append(await one.join(workers[at], lesson, f"room{number}"))
                self._seat(one)
                await asyncio.sleep(GAP)
        ports = [int(s.caller.socket.getsockname()[1]) for s in self._subscribers]
        join_ms = statistics.median(joins) * 1e3
        return Joined(join_ms, self._subscribers[0].caller.profile, ports)

    def count(self) -> Counted:
        self._ears.poll()
        delays, self._ears.delays = self._ears.delays, []
        return Counted(*self._ears.counted(), delays)

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _worker(self, at: str) -> Worker:
        worker = Worker(at, lambda event: None, lambda up: None)
        self._tasks.append(asyncio.create_task(worker.run()))
        await present(worker)
        return worker

    def _seat(self, one: Subscriber) -> None:
        probes = len(self._subscribers) % PROBES == 0
        one.ear = Ear(one.caller.let_go(), one.caller.hearing if probes else None)
        self._subscribers.append(one)
        self._ears.add(one.ear)

    async def _report(self) -> None:
        """Each once in REPORT_EVERY, evenly spread."""
        while True:
            for one in list(self._subscribers):
                one.report()
                await asyncio.sleep(REPORT_EVERY / len(self._subscribers))
            if not self._subscribers:
                await asyncio.sleep(REPORT_EVERY)


async def present(worker: Worker, patience: float = 30.0) -> None:
    """Until the worker is up; raises TimeoutError."""
    async with asyncio.timeout(patience):
        while not worker.up:  # noqa: ASYNC110  it comes up when it does
            await asyncio.sleep(0.02)


async def main() -> None:
    loop, orders = asyncio.get_running_loop(), asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(orders), sys.stdin)
    audience = msgspec.json.decode(await orders.readline(), type=Audience)
    listening = Listening(audience)
    _tell(await listening.gather())
    while await orders.readline():
        _tell(listening.count())
    await listening.close()


def _tell(told: Joined | Counted) -> None:
    print(msgspec.json.encode(told).decode(), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
