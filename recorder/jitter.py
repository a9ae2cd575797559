"""Puts the packets of a track in order again, and says where some never came."""

from msgspec import Struct

from .rtp import Packet, Unwrap

PATIENCE = 0.2
"""Seconds a packet waits for one missing before it: a resend over a 100 ms line and back."""
LONGEST_QUEUE = 64
"""Packets waiting behind a gap; when one more comes the gap is given up."""
STALE_RUN = 16
"""So many packets in a row from behind mean that the numbering began anew."""


class Gap(Struct, frozen=True):
    """So many packets are missing here for good."""

    lost: int


class Arrived(Struct, frozen=True):
    """A packet with its arrival in lesson seconds."""

    at: float
    packet: Packet


class Jitter:
    """A bounded waiting room: a packet later than PATIENCE, or a second copy, is dropped."""

    def __init__(self) -> None:
        self._numbers = Unwrap(16)
        self._waiting: dict[int, Arrived] = {}
        self._next: int | None = None
        self._stale = 0

    def put(self, at: float, packet: Packet) -> None:
        number = self._numbers.near(packet.seq)
        if self._next is not None and number < self._next:
            self._behind(at, packet)
            return
        self._stale = 0
        self._numbers.on(packet.seq)
        if self._next is None:
            self._next = number
        self._waiting.setdefault(number, Arrived(at, packet))

    def take(self, now: float) -> list[Arrived | Gap]:
        """What may go on: packets in order, with a Gap where the wait for some is over."""
        out: list[Arrived | Gap] = []
        while self._waiting and self._next is not None:
            found = self._waiting.pop(self._next, None)
            if found is not None:
                out.append(found)
                self._next += 1
            elif self._over(now):
                first = min(self._waiting)
                out.append(Gap(first - self._next))
                self._next = first
            else:
                break
        return out

    def _over(self, now: float) -> bool:
        oldest = min(waiting.at for waiting in self._waiting.values())
        return len(self._waiting) > LONGEST_QUEUE or now - oldest >= PATIENCE

    def _behind(self, at: float, packet: Packet) -> None:
        self._stale += 1
        if self._stale < STALE_RUN:
            return
        self._numbers, self._waiting, self._stale, self._next = Unwrap(16), {}, 0, None
        self.put(at, packet)
