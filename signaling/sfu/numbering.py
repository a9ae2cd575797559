"""The numbers of one endless outgoing stream: where in it each packet goes."""

from typing import NamedTuple, Protocol

from . import opus, vp8
from .codecs import Arrival
from .rewrite import Numbers, Pictures


class Start(NamedTuple):
    """Where the numbers of a stream begin; random (RFC 3550 §5.1), given from outside.

    ``seq`` below 2^15: the receiver may lose the first packets and must still guess the
    rollover counter (RFC 3711 §3.3.1).
    """

    seq: int
    ts: int
    pid: int
    tl0: int


class Placed(NamedTuple):
    """A packet's place in the stream."""

    seq: int
    ts: int
    picture: tuple[int, int] | None
    """Its VP8 picture id and tl0 index, where it has them."""

    def head(self, arrival: Arrival) -> bytes:
        """What goes out in front of ``arrival.rest``."""
        if self.picture is None or arrival.picture is None:
            return b""
        return vp8.renumber(arrival.packet.payload, arrival.picture, *self.picture)


class Numbered(Protocol):
    """What a splice must know of the stream it feeds."""

    @property
    def at(self) -> float | None:
        """When the newest packet came; None before the first."""

    @property
    def length(self) -> int:
        """RTP units the newest packet sounds; 0 for pictures."""

    def continues(self, seq: int) -> bool: ...

    def begin(self, seq: int, ts: int, step: int, picture: tuple[int, int] | None) -> None:
        """Another source's first packet; its picture is (picture id, tl0 index or -1)."""


class Numbering:
    """Sequence numbers, timestamps and picture numbers together."""

    def __init__(self, start: Start) -> None:
        self._numbers = Numbers(start.seq, start.ts)
        self._pictures = Pictures(start.pid, start.tl0)
        self.length = opus.FRAME
        self.at: float | None = None

    @property
    def ts(self) -> int:
        """The newest packet's timestamp as it went out."""
        return self._numbers.ts

    def stamp(self, ts: int) -> int:
        """A timestamp of the present source as it goes out."""
        return self._numbers.stamp(ts)

    def continues(self, seq: int) -> bool:
        return self._numbers.continues(seq)

    def begin(self, seq: int, ts: int, step: int, picture: tuple[int, int] | None) -> None:
        self._numbers.begin(seq, ts, step)
        if picture is not None:
            pid, tl0 = picture
            self._pictures.begin(pid, tl0 if tl0 >= 0 else None)

    def place(self, arrival: Arrival) -> Placed | None:
        """None for a packet from before the seam."""
        packet, where = arrival.packet, arrival.picture
        placed = self._numbers.place(packet.seq, packet.ts)
        if placed is None:
            return None
        if placed[0] == self._numbers.top & 0xFFFF:
            self.length = arrival.length
            self.at = arrival.at
        if where is None or where.pid is None:
            return Placed(*placed, None)
        return Placed(*placed, self._pictures.place(where.pid, where.pid_bits, where.tl0))
