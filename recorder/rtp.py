"""The plain RTP packets of the tape: a 12-byte header and the payload, nothing else."""

from struct import Struct as Layout

from msgspec import Struct

from synclass.errors import Malformed

_HEADER = Layout("!BBHII")


class Packet(Struct, frozen=True):
    """One packet (RFC 3550 §5.1).  ``rtp`` is its timestamp in units of the codec's clock."""

    seq: int
    rtp: int
    ssrc: int
    marker: bool
    payload: bytes


def parse(data: bytes) -> Packet:
    """Read a packet; raises Malformed where it has CSRCs, an extension or padding."""
    if len(data) < _HEADER.size or data[0] != 0x80:
        raise Malformed("not a plain RTP packet")
    _, second, seq, rtp, ssrc = _HEADER.unpack_from(data)
    return Packet(seq, rtp, ssrc, second >= 0x80, data[_HEADER.size :])


class Unwrap:
    """Makes a counter of so many bits one that never wraps, by the way that is nearest."""

    def __init__(self, bits: int) -> None:
        self._span = 1 << bits
        self._last: int | None = None

    def near(self, value: int) -> int:
        """What this value is without the wrap; remembers nothing."""
        if self._last is None:
            return value
        half = self._span // 2
        return self._last + (value - self._last + half) % self._span - half

    def on(self, value: int) -> int:
        """The same, and the highest one seen is what later values are compared with."""
        found = self.near(value)
        if self._last is None or found > self._last:
            self._last = found
        return found
