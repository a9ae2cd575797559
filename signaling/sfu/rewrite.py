"""Seam arithmetic: numbers of many streams, one after another, become the numbers of one."""

BEHIND = 1000
"""How late a packet may be; below the 1024 packets of the SRTP window (RFC 3711 §3.3.2)."""
AHEAD = 3000
"""A longer step forward is a new beginning, not loss (MAX_DROPOUT of RFC 3550 A.1)."""


def distance(to: int, since: int, bits: int) -> int:
    """The signed way from one wrapping number to another, by the shorter side."""
    half = 1 << bits - 1
    return ((to - since + half) & (1 << bits) - 1) - half


class Numbers:
    """Sequence numbers and timestamps of one endless outgoing stream.

    ``top`` counts on without wrapping.  No number is ever given out twice, as long as a source
    does not repeat its own: SRTP would use a nonce again (RFC 7714 §8.1).
    """

    def __init__(self, seq: int, ts: int) -> None:
        self.top = seq
        self.ts = ts
        self._floor = seq + 1
        self._source_top = 0
        self._shift = 0
        self._ts_shift = 0

    def begin(self, seq: int, ts: int, step: int) -> None:
        """Go on with a stream whose first packet is (seq, ts), ``step`` RTP units from our last."""
        self._source_top = seq - 1
        self._shift = self.top - self._source_top
        self._floor = self.top + 1
        self._ts_shift = self.ts + step - ts

    def continues(self, seq: int) -> bool:
        """Is this near enough to what came before?  If not, somebody must ``begin`` again."""
        return -BEHIND < ((seq - self._source_top + 0x8000) & 0xFFFF) - 0x8000 < AHEAD

    def stamp(self, ts: int) -> int:
        """A timestamp of the present source as it goes out."""
        return (ts + self._ts_shift) & 0xFFFFFFFF

    def place(self, seq: int, ts: int) -> tuple[int, int] | None:
        """-> (seq, ts) as they go out, or None for a packet from before the seam.

        Those are dropped: their numbers were given to the stream before.
        """
        ahead = distance(seq, self._source_top, 16)
        out = self._source_top + ahead + self._shift
        if out < self._floor:
            return None
        out_ts = self.stamp(ts)
        if ahead > 0:
            self._source_top += ahead
            self.top, self.ts = out, out_ts
        return out & 0xFFFF, out_ts


class Pictures:
    """VP8 picture ids and tl0 indexes of one endless outgoing stream (RFC 7741 §4.2)."""

    def __init__(self, pid: int, tl0: int) -> None:
        self.top = pid
        self.tl0 = tl0
        self._source_top = 0
        self._shift = 0
        self._tl0_shift = 0

    def begin(self, pid: int, tl0: int | None) -> None:
        """The next picture is the source's ``pid``; it gets the number behind our last."""
        self._source_top = pid - 1
        self._shift = self.top - self._source_top
        if tl0 is not None:
            self._tl0_shift = self.tl0 + 1 - tl0

    def place(self, pid: int, bits: int, tl0: int | None) -> tuple[int, int]:
        """-> (picture id of 15 bits, tl0 index of 8 bits) as they go out."""
        ahead = distance(pid, self._source_top, bits)
        out = self._source_top + ahead + self._shift
        out_tl0 = (tl0 + self._tl0_shift) & 0xFF if tl0 is not None else self.tl0
        if ahead > 0:
            self._source_top += ahead
            self.top, self.tl0 = out, out_tl0
        return out & 0x7FFF, out_tl0
