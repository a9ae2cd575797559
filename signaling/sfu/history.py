"""What was sent, kept for a moment: resends with bounds, or a full link would be filled again."""

from typing import Generic, TypeVar

SIZE = 1024  # packets; about two seconds of the largest layer
SIZE_SEALED = 128  # packets; as long for sound, whose own bytes are kept for each subscriber
TIMES = 4  # a packet that four resends did not bring will not come
GAP = 0.03  # seconds times the resends so far: one round trip must pass before the next
STALE = 5.0  # seconds; numbers come again after a minute at the earliest
SHARE = 0.25  # of what the subscriber can take; without it 21,648 packets were lost in 8 s
FLOOR_BPS = 100_000  # an estimate may be far too low; this much it always gets
BURST = 0.2  # seconds of debt before resends are refused

T = TypeVar("T")


class History(Generic[T]):
    """The last packets of a stream; an older one is overwritten."""

    def __init__(self, size: int = SIZE) -> None:
        self.size = size
        self._ring: list[tuple[int, T] | None] = []

    def keep(self, seq: int, packet: T) -> None:
        if not self._ring:  # most slots of a room stay empty all lesson
            self._ring = [None] * self.size
        self._ring[seq % self.size] = seq, packet

    def recall(self, seq: int) -> T | None:
        """The packet, if it is still there."""
        kept = self._ring[seq % self.size] if self._ring else None
        return kept[1] if kept is not None and kept[0] == seq else None

    def clear(self) -> None:
        """Nothing before a key frame is worth sending again."""
        self._ring = []


class Tries:
    """How often each packet was sent again.  Of the oldest of more than SIZE nothing is known."""

    def __init__(self) -> None:
        self._tried: dict[int, tuple[int, float]] = {}

    def may(self, seq: int, now: float) -> bool:
        """May it be sent again now?  Counts as done, if so."""
        times, at = self._tried.pop(seq, (0, now))
        if now - at > STALE:
            times = 0
        good = times < TIMES and now - at >= GAP * times
        self._tried[seq] = (times + 1, now) if good else (times, at)
        if len(self._tried) > SIZE:
            del self._tried[next(iter(self._tried))]
        return good


class Allowance:
    """How much of one subscriber's link resends may take: SHARE of it, BURST seconds in advance."""

    def __init__(self) -> None:
        self._debt = 0.0
        self._at = 0.0

    def spend(self, octets: int, link_bps: int, now: float) -> bool:
        """May this many bytes be sent again?  ``link_bps`` is the subscriber's last REMB."""
        debt = max(0.0, self._debt - (now - self._at))
        self._debt, self._at = debt, now
        if debt > BURST:
            return False
        self._debt += octets * 8 / (SHARE * max(link_bps, FLOOR_BPS))
        return True
