"""What was sent, kept for a moment: resends with bounds, or a full link would be filled again."""

from typing import Generic, NamedTuple, TypeVar

SIZE = 1024  # packets; about two seconds of the largest layer
TIMES = 4  # a packet that four resends did not bring will not come
GAP = 0.03  # seconds times the resends so far: one round trip must pass before the next
SHARE = 0.25  # of what the subscriber can take; without it 21,648 packets were lost in 8 s
FLOOR_BPS = 100_000  # an estimate may be far too low; this much it always gets
BURST = 0.2  # seconds of debt before resends are refused

T = TypeVar("T")


class Kept(NamedTuple, Generic[T]):
    seq: int
    packet: T
    at: float
    times: int


class History(Generic[T]):
    """The last SIZE packets of a stream; an older one is overwritten."""

    def __init__(self) -> None:
        self._ring: list[Kept[T] | None] = [None] * SIZE

    def keep(self, seq: int, packet: T, now: float) -> None:
        self._ring[seq % SIZE] = Kept(seq, packet, now, 0)

    def recall(self, seq: int, now: float) -> T | None:
        """The packet, if it is still there and may be sent again now."""
        kept = self._ring[seq % SIZE]
        if kept is None or kept.seq != seq:
            return None
        if kept.times >= TIMES or now - kept.at < GAP * kept.times:
            return None
        self._ring[seq % SIZE] = Kept(seq, kept.packet, now, kept.times + 1)
        return kept.packet

    def clear(self) -> None:
        """Nothing before a key frame is worth sending again."""
        self._ring = [None] * SIZE


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
