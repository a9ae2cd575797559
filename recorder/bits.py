"""Reads headers bit by bit."""

from synclass.errors import Malformed

LONGEST = 1024
"""Bytes of a header: a parameter set with all there can be in it has 600.  Reading one bit moves
all of them, so an endless one would keep the recorder from every other lesson."""


class Bits:
    """Raises Malformed behind the last bit, and for what is too long to be a header."""

    def __init__(self, data: bytes) -> None:
        if len(data) > LONGEST:
            raise Malformed("an endless header")
        self._value, self._left = int.from_bytes(data, "big"), len(data) * 8

    @property
    def left(self) -> int:
        """Bits that were not taken yet."""
        return self._left

    def take(self, count: int) -> int:
        self._left -= count
        if self._left < 0:
            raise Malformed("a header is cut")
        return self._value >> self._left & ((1 << count) - 1)

    def golomb(self) -> int:
        """An unsigned Exp-Golomb number (H.264 §9.1; AV1 §4.10.3 calls it uvlc)."""
        rest = self._value & ((1 << self._left) - 1)
        zeros = self._left - rest.bit_length()
        if zeros > 32:
            raise Malformed("impossible number in a header")
        self.take(zeros)
        return self.take(zeros + 1) - 1
