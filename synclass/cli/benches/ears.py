"""Reads the sockets of a whole audience in great batches: counts packets and holes.

It must not add to what it measures.  Nobody is woken for a packet: all sockets are looked through a
few hundred times a second, and how long a packet was under way says the kernel's time stamp (taken
when it came to the socket) less the one its publisher put into it, both of CLOCK_REALTIME.
"""

import asyncio
import select
import socket
from struct import Struct as Layout

from pylibsrtp import Session

from .caller import RTX
from .mmsg import Inbox, overruns

POLL = 0.004  # seconds between looks
BATCH = 64  # datagrams a read
HEADER = 12  # bytes: all that is read of most packets
LONGEST = 1500
SAMPLE = 7  # one packet of a probe in so many is opened; no divisor of a frame's packets
_HEAD = Layout("!BBHxxxxI")


class Stream:
    """One SSRC: how many came, and of how many."""

    def __init__(self, seq: int) -> None:
        self.base = self.top = seq
        self.count = 0

    def came(self, seq: int) -> None:
        ahead = (seq - self.top) & 0xFFFF
        if ahead < 0x8000:
            self.top += ahead
        self.count += 1


class Ear:
    """One subscriber's socket.  With a ``session`` a sample of its packets is opened."""

    def __init__(self, bound: socket.socket, session: Session | None) -> None:
        self.socket, self.session = bound, session
        self.streams: dict[int, Stream] = {}
        self.repeats = 0  # packets that came by RTX

    def hear(self, inbox: Inbox, number: int) -> bool:
        """Take note of a datagram; False where it is no packet of a publisher."""
        first, second, seq, ssrc = _HEAD.unpack_from(inbox.view, number * inbox.size)
        if not 127 < first < 192 or 192 <= second <= 223 or not ssrc:
            return False
        if second & 127 == RTX:
            self.repeats += 1
            return False
        stream = self.streams.get(ssrc)
        if stream is None:
            stream = self.streams[ssrc] = Stream(seq)
        stream.came(seq)
        return True


class Ears:
    def __init__(self) -> None:
        self.delays: list[int] = []
        """Nanoseconds the opened packets were under way."""
        self._epoll = select.epoll()
        self._ears: dict[int, Ear] = {}
        self._heads = Inbox(BATCH, HEADER, stamped=False)
        self._wholes = Inbox(BATCH, LONGEST, stamped=True)
        self._turn = 0

    def add(self, ear: Ear) -> None:
        self._ears[ear.socket.fileno()] = ear
        self._epoll.register(ear.socket, select.EPOLLIN)

    async def listen(self) -> None:
        """Until cancelled."""
        while True:
            self.poll()
            await asyncio.sleep(POLL)

    def poll(self) -> None:
        """Read whatever has come."""
        for descriptor, _ in self._epoll.poll(0, max(1, len(self._ears))):
            ear = self._ears[descriptor]
            if ear.session is None:
                self._count(descriptor, ear)
            else:
                self._probe(descriptor, ear, ear.session)

    def counted(self) -> tuple[int, int, int]:
        """Packets that came, packets that should have, and those nobody read in time."""
        streams = [stream for ear in self._ears.values() for stream in ear.streams.values()]
        came = sum(stream.count for stream in streams)
        due = sum(stream.top - stream.base + 1 for stream in streams)
        return came, due, sum(overruns(ear.socket) for ear in self._ears.values())

    def _count(self, descriptor: int, ear: Ear) -> None:
        inbox = self._heads
        while number := inbox.read(descriptor):
            for n in range(number):
                ear.hear(inbox, n)
            if number < BATCH:
                return

    def _probe(self, descriptor: int, ear: Ear, session: Session) -> None:
        inbox = self._wholes
        while number := inbox.read(descriptor):
            for n in range(number):
                if ear.hear(inbox, n):
                    self._turn += 1
                    if self._turn % SAMPLE == 0:
                        self.delays.append(_delay(session, inbox, n))
            if number < BATCH:
                return


def _delay(session: Session, inbox: Inbox, number: int) -> int:
    plain = session.unprotect(inbox.datagram(number))
    return inbox.stamp(number) - int.from_bytes(plain[-8:], "big")
