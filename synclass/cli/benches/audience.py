"""A publisher and its subscribers in a process of their own, who count what a worker sends them."""

import asyncio
import statistics
import sys
import time
from pathlib import Path
from struct import pack

import msgspec
from aiortc import RTCCertificate
from msgspec import Struct

from signaling.sfu import rtcp
from signaling.sfu.orders import Arrange, Open
from signaling.worker import Worker

from ...inclass.stage import Cast
from ...words import ParticipantId
from .caller import PICTURE, VOICE, Caller

FPS, PACKETS = 30, 5  # 1.2 Mbit/s of picture: 150 packets a second
WORDS = 50  # packets of sound a second
PICTURE_SIZE, VOICE_SIZE = 1000, 100  # bytes of payload
KEY_EVERY = 30  # frames
AT_A_TIME = 8  # who join at once
SAMPLE = 97  # one packet in so many is opened, for its time
REPORT_EVERY = 1.0  # seconds, as browsers
ENTER = 30.0  # seconds until the worker must be there
SETTLE = 2.0  # seconds from the last one's coming to the measurement
TEACHER = ParticipantId("teacher")
CASTS = [Cast("audio", 0, TEACHER, "voice", True), Cast("video", 0, TEACHER, "camera", True)]


class Audience(Struct):
    socket: str
    """Where the worker listens."""
    pid: int
    """The worker's process."""
    subscribers: int
    seconds: float


class Told(Struct):
    """What was found.  ``cpu`` in seconds, the others by their names."""

    cpu: float
    packets: int
    lost: int
    latency_ms: dict[str, float]
    kb_per_subscriber: float
    join_ms: float
    srtp: str
    ports: list[int]
    """Of the subscribers: they take what comes until standard input ends."""


class Subscriber:
    """Counts packets and holes; of a sample it looks inside."""

    def __init__(self, certificate: RTCCertificate, audience: "Listening") -> None:
        self.caller = Caller(certificate, self._heard)
        self.began = asyncio.Event()
        self.packets = self.lost = 0
        self._audience = audience
        self._newest: dict[bytes, int] = {}

    def _heard(self, caller: Caller, data: bytes) -> None:
        if 192 <= data[1] <= 223:
            return
        self.packets += 1
        ssrc, seq = data[8:12], data[2] << 8 | data[3]
        hole = (seq - self._newest.get(ssrc, seq - 1) - 1) & 0xFFFF
        self.lost += hole if hole < 0x8000 else 0
        self._newest[ssrc] = seq
        if self.packets == 1:
            self.began.set()
        if self._audience.listens and self.packets % SAMPLE == 0:
            stamp = caller.session.unprotect(data)[-8:]
            self._audience.delays.append(time.monotonic_ns() - int.from_bytes(stamp, "big"))

    def report(self) -> None:
        """What browsers send: how it comes, and how much may come."""
        ssrcs = [int.from_bytes(ssrc, "big") for ssrc in self._newest]
        blocks = [pack("!IIIIII", ssrc, 0, 0, 0, 0, 0) for ssrc in ssrcs]
        plain = rtcp.receiver_report(blocks) + rtcp.remb(3_000_000, ssrcs)
        session = self.caller.keys.session
        self.caller.send(session.protect_rtcp(plain))


class Listening:
    """Whether packets are being measured, and the nanoseconds they were under way."""

    def __init__(self) -> None:
        self.listens = False
        self.delays: list[int] = []


async def attend(audience: Audience) -> Told:
    """Join, listen for so many seconds, and tell."""
    certificate, listening = RTCCertificate.generateCertificate(), Listening()
    worker = Worker(audience.socket, lambda event: None, lambda up: None)
    link = asyncio.create_task(worker.run())
    async with asyncio.timeout(ENTER):
        while not worker.up:  # noqa: ASYNC110  it comes up when it does
            await asyncio.sleep(0.02)
    worker.order(Open("bench", time.monotonic()))
    teacher = Caller(certificate, lambda caller, data: None)
    await teacher.connect(await worker.invite("bench", TEACHER, teacher.offer("sendonly")))
    speaking = asyncio.create_task(publish(teacher))
    await asyncio.sleep(0.5)
    before = resident(audience.pid)
    subscribers = [Subscriber(certificate, listening) for _ in range(audience.subscribers)]
    gate = asyncio.Semaphore(AT_A_TIME)
    joins = await asyncio.gather(*(join(worker, gate, n, one) for n, one in enumerate(subscribers)))
    reporting = asyncio.create_task(report(subscribers))
    await asyncio.sleep(SETTLE)
    told = await measure(audience, subscribers, listening)
    told.kb_per_subscriber = (resident(audience.pid) - before) / len(subscribers)
    told.join_ms = statistics.median(joins) * 1e3
    told.srtp = teacher.profile()
    for task in (speaking, reporting, link):
        task.cancel()
    await asyncio.gather(speaking, reporting, link, return_exceptions=True)
    return told


async def join(worker: Worker, gate: asyncio.Semaphore, number: int, one: Subscriber) -> float:
    """-> seconds from asking to the first packet."""
    who = f"room{number}"
    async with gate:
        began = time.monotonic()
        worker.order(Arrange("bench", who, CASTS))
        await one.caller.connect(await worker.invite("bench", who, one.caller.offer("recvonly")))
        await one.began.wait()
        return time.monotonic() - began


async def measure(audience: Audience, subscribers: list[Subscriber], listening: Listening) -> Told:
    def counted() -> tuple[int, int]:
        return sum(s.packets for s in subscribers), sum(s.lost for s in subscribers)

    packets, lost = counted()
    cpu = cpu_seconds(audience.pid)
    listening.listens = True
    await asyncio.sleep(audience.seconds)
    listening.listens = False
    cpu = cpu_seconds(audience.pid) - cpu
    packets, lost = (now - then for now, then in zip(counted(), (packets, lost), strict=True))
    cuts = statistics.quantiles(listening.delays, n=100)
    latency = {"p50": round(cuts[49] / 1e6, 3), "p99": round(cuts[98] / 1e6, 3)}
    ports = [int(s.caller.socket.getsockname()[1]) for s in subscribers]
    return Told(cpu, packets, lost, latency, 0.0, 0.0, "", ports)


async def report(subscribers: list[Subscriber]) -> None:
    """Each once in REPORT_EVERY, evenly spread."""
    while True:
        for one in subscribers:
            one.report()
            await asyncio.sleep(REPORT_EVERY / len(subscribers))


async def publish(caller: Caller) -> None:
    """A voice and a picture, evenly, for ever.  The last 8 bytes say when each packet was sent."""
    began, frame, word = time.monotonic(), 0, 0
    while True:
        now = time.monotonic() - began
        while frame <= now * FPS:
            for n in range(PACKETS):
                key = frame % KEY_EVERY == 0
                descriptor = pack("!BBHB", 0x80 | (n == 0) << 4, 0xC0, 0x8000 | frame & 0x7FFF, 1)
                payload = descriptor + bytes((not key,)) + bytes(PICTURE_SIZE - 14)
                head = (n == PACKETS - 1) << 7 | PICTURE, frame * PACKETS + n, frame * 3000, 2
                _send(caller, head, payload)
            frame += 1
        while word <= now * WORDS:
            _send(caller, (VOICE, word, word * 960, 3), b"\x78" + bytes(VOICE_SIZE - 9))
            word += 1
        await asyncio.sleep(max(0.0, began + min(frame / FPS, word / WORDS) - time.monotonic()))


def _send(caller: Caller, head: tuple[int, int, int, int], payload: bytes) -> None:
    second, seq, ts, ssrc = head
    fixed = pack("!BBHII", 0x80, second, seq & 0xFFFF, ts & 0xFFFFFFFF, ssrc)
    stamp = time.monotonic_ns().to_bytes(8, "big")
    caller.send(caller.keys.seal(fixed + payload + stamp))


def cpu_seconds(pid: int) -> float:
    """User and system time of all threads: the scheduler's own count, in nanoseconds."""
    tasks = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9


def resident(pid: int) -> float:
    """Kilobytes in memory."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return float(next(line.split()[1] for line in lines if line.startswith("VmRSS")))


async def main() -> None:
    """Tell, then take what comes until standard input ends."""
    audience = msgspec.json.decode(sys.stdin.readline(), type=Audience)
    told = await attend(audience)
    print(msgspec.json.encode(told).decode(), flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
