"""A live call on a worker of our own: one who speaks, some who listen, and what each of them gets.

No codecs: a sound or picture is heard when its packets come, in their order and without a hole.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from signaling.sfu.orders import Arrange, Gone, Open
from synclass.cli.benches.audience import CASTS, TEACHER
from synclass.cli.benches.caller import RTX, Caller
from synclass.cli.benches.ears import Stream
from synclass.cli.benches.handshake import Identity
from synclass.cli.benches.speaker import Speaker

from ..signaling.sfu.classroom import Signaling, until, worker

LESSON = "math"


class Listener:
    """Counts what comes; ``control`` are the datagrams of RTCP, opened."""

    def __init__(self, identity: Identity, who: str) -> None:
        self.who = who
        self.caller = Caller(identity, self._heard)
        self.streams: dict[int, Stream] = {}
        self._known: defaultdict[int, set[int]] = defaultdict(set)
        self.kinds: dict[int, int] = {}
        """SSRC -> payload type."""
        self.again = 0
        """Packets that came by RTX."""
        self.octets = 0
        self.control: list[bytes] = []

    @property
    def packets(self) -> int:
        return sum(stream.count for stream in self.streams.values())

    @property
    def holes(self) -> int:
        due = sum(stream.top - stream.base + 1 for stream in self.streams.values())
        return due - self.packets

    def ssrc(self, pt: int) -> int:
        return next(ssrc for ssrc, kind in self.kinds.items() if kind == pt)

    def say(self, plain: bytes) -> None:
        """RTCP to the server."""
        self.caller.send(self.caller.sending.protect_rtcp(plain))

    def _heard(self, caller: Caller, data: bytes, at: int) -> None:
        if 192 <= data[1] <= 223:
            self.control.append(caller.hearing.unprotect_rtcp(data))
            return
        self.octets += len(data)
        pt, seq = data[1] & 127, int.from_bytes(data[2:4], "big")
        if pt == RTX:
            self.again += 1
            return
        ssrc = int.from_bytes(data[8:12], "big")
        self.kinds[ssrc] = pt
        if seq not in self._known[ssrc]:  # what probes a line comes as copies
            self._known[ssrc].add(seq)
            self.streams.setdefault(ssrc, Stream(seq)).came(seq)


class Call:
    def __init__(self, signaling: Signaling) -> None:
        self.signaling = signaling
        self.identity = Identity()
        self.speaker = Speaker(self.identity)
        self.listeners: list[Listener] = []
        self._speaking: asyncio.Task[None] | None = None

    @property
    def port(self) -> int:
        return self.speaker.caller.to[1]

    async def begin(self) -> None:
        self.signaling.worker.order(Open(LESSON, time.monotonic()))
        caller = self.speaker.caller
        await caller.connect(await self.signaling.invite(LESSON, TEACHER, caller.offer("sendonly")))
        self._speaking = asyncio.create_task(self.speaker.publish())

    async def join(self, who: str, lines: str = "") -> Listener:
        """Somebody comes in and hears and sees the teacher; ``lines`` are put into the offer."""
        one = await self.admit(who, lines)
        await until(lambda: len(one.streams) == 2)
        self.listeners.append(one)
        return one

    async def admit(self, who: str, lines: str = "") -> Listener:
        """Somebody has keys."""
        one = Listener(self.identity, who)
        self.signaling.worker.order(Arrange(LESSON, who, CASTS))
        offer = one.caller.offer("recvonly") + lines
        await one.caller.connect(await self.signaling.invite(LESSON, who, offer))
        return one

    async def goes_on(self, packets: int = 100) -> bool:
        """So many more packets come to everybody, nobody was thrown out, and nothing is missing."""
        before = [one.packets for one in self.listeners]
        await until(
            lambda: all(
                one.packets >= was + packets
                for one, was in zip(self.listeners, before, strict=True)
            )
        )
        assert [one.holes for one in self.listeners] == [0] * len(self.listeners)
        return not self.signaling.heard(Gone)

    async def end(self) -> None:
        if self._speaking is not None:
            self._speaking.cancel()
            await asyncio.gather(self._speaking, return_exceptions=True)
        for caller in (self.speaker.caller, *(one.caller for one in self.listeners)):
            caller.close()


@asynccontextmanager
async def call(folder: Path, *listeners: str) -> AsyncIterator[Call]:
    """A lesson in which somebody speaks, and these listen."""
    async with worker(folder) as door:
        signaling = Signaling(door)
        await signaling.up()
        made = Call(signaling)
        await made.begin()
        for who in listeners:
            await made.join(who)
        yield made
        await made.end()
        await signaling.die()
