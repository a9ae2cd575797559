"""What a publisher hears from us of how its packets arrived."""

from collections.abc import Iterable, Iterator
from itertools import islice
from struct import pack

from .plane import Source
from .rtcp import receiver_report

_BLOCKS = 31  # RFC 3550 §6.4.2


class Reception:
    """How the packets of one source arrive (RFC 3550 A.3, A.8), as they are told to it."""

    def __init__(self, inlet: Source, ssrc: int) -> None:
        """``ssrc``: the publisher's name for it."""
        self._inlet = inlet
        self._ssrc = ssrc
        self._told = (0, 0)
        self._sender_report = (0, 0.0)

    def sender_report(self, ntp: int, now: float) -> None:
        """Remember the middle 32 bits, to be given back (RFC 3550 §6.4.1, LSR)."""
        self._sender_report = (ntp >> 16 & 0xFFFFFFFF, now)

    def block(self, now: float) -> bytes:
        """One report block; the fraction lost is that since the block before.

        What RTX brought is not lost: browsers slow down above a tenth, and a line that only loses
        is repaired.  Whether it is full, uplink.py finds out.
        """
        inlet = self._inlet
        expected, came = inlet.top - inlet.base + 1, inlet.packets + inlet.repaired
        lost = max(0, expected - came)
        interval = expected - self._told[0]
        missing = max(0, interval - (came - self._told[1]))
        fraction = min(255, missing * 256 // interval) if interval > 0 else 0
        self._told = (expected, came)
        middle, at = self._sender_report
        delay = min(0xFFFFFFFF, int((now - at) * 65536)) if middle else 0
        return pack(
            "!IIIIII",
            self._ssrc,
            fraction << 24 | min(lost, 0x7FFFFF),
            inlet.top & 0xFFFFFFFF,
            min(0xFFFFFFFF, int(inlet.jitter)),
            middle,
            delay,
        )


def reports(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """The receiver reports, as RTCP packets."""
    rest = iter(blocks)
    while some := list(islice(rest, _BLOCKS)):
        yield receiver_report(some)
