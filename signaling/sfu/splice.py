"""Many sources, one after another, as one endless stream: where to cut, and with what numbers."""

from typing import NamedTuple

from . import opus, vp8
from .codecs import CLOCK_HZ, Arrival
from .orders import Kind
from .rewrite import Numbers, Pictures
from .tracks import Source, Taker


class Start(NamedTuple):
    """Where the numbers of a stream begin; random (RFC 3550 §5.1), given from outside.

    ``seq`` below 2^15: the receiver may lose the first packets and must still guess the
    rollover counter (RFC 3711 §3.3.1).
    """

    seq: int
    ts: int
    pid: int
    tl0: int


class Spliced(NamedTuple):
    """A packet's place in the stream."""

    seq: int
    ts: int
    picture: tuple[int, int] | None
    """Its VP8 picture id and tl0 index, where it has them."""
    seam: bool
    """The first packet of another source."""

    def head(self, arrival: Arrival) -> bytes:
        """What goes out in front of ``arrival.rest``."""
        if self.picture is None or arrival.picture is None:
            return b""
        return vp8.renumber(arrival.packet.payload, arrival.picture, *self.picture)


class Splice:
    """Shows ``wanted`` from its next key frame on, and ``current`` until then."""

    def __init__(self, owner: Taker, kind: Kind, start: Start) -> None:
        self._owner = owner
        self._kind = kind
        self.wanted: Source | None = None
        self.current: Source | None = None
        self.numbers = Numbers(start.seq, start.ts)
        self._pictures = Pictures(start.pid, start.tl0)
        self._length = opus.FRAME
        self.at: float | None = None
        """When the newest packet came."""

    def show(self, source: Source | None, now: float) -> None:
        """Take another source; None empties the stream at once."""
        if source is self.wanted:
            return
        for old in {self.wanted, self.current} - {source, self.current if source else None}:
            self._leave(old)
        self.wanted = source
        if source is None:
            self.current = None
            return
        if self._owner not in source.takers:
            source.takers.append(self._owner)
        if source is not self.current:
            source.ask_key(now)

    def restart(self, now: float) -> None:
        """Let nothing through until the next key frame, as if the source were new."""
        self.current = None
        if self.wanted is not None:
            self.wanted.ask_key(now)

    def take(self, source: Source, arrival: Arrival) -> Spliced | None:
        """The packet's numbers in this stream, or None where it has no place in it."""
        packet = arrival.packet
        seam = source is not self.current or not self.numbers.continues(packet.seq)
        if seam and not self._begin(source, arrival):
            return None
        placed = self.numbers.place(packet.seq, packet.ts)
        if placed is None:
            return None
        if placed[0] == self.numbers.top & 0xFFFF:
            self._length = opus.duration(packet.payload) if self._kind == "audio" else 0
            self.at = arrival.at
        return Spliced(*placed, self._picture(arrival), seam)

    def _begin(self, source: Source, arrival: Arrival) -> bool:
        if source is not self.wanted:
            return False
        if not arrival.key:
            source.ask_key(arrival.at)
            return False
        if self.current is not source:
            self._leave(self.current)
        self.current = source
        self.numbers.begin(arrival.packet.seq, arrival.packet.ts, self._step(arrival.at))
        where = arrival.picture
        if where is not None and where.pid is not None:
            self._pictures.begin(where.pid, where.tl0)
        return True

    def _step(self, now: float) -> int:
        """RTP units from our last packet to this one: time goes on between two sources.

        Sound goes on in whole Opus frames and never overlaps: by exact arrival times NetEq
        discarded 5 packets and concealed 12.6 ms a switch (measured).
        """
        if self.at is None:
            return 0
        units = max(1, int((now - self.at) * CLOCK_HZ[self._kind]))
        if self._kind == "video":
            return units
        return max(self._length, (units + opus.FRAME // 2) // opus.FRAME * opus.FRAME)

    def _picture(self, arrival: Arrival) -> tuple[int, int] | None:
        where = arrival.picture
        if where is None or where.pid is None:
            return None
        return self._pictures.place(where.pid, where.pid_bits, where.tl0)

    def _leave(self, source: Source | None) -> None:
        if source is not None and self._owner in source.takers:
            source.takers.remove(self._owner)
