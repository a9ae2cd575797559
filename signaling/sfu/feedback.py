"""What a publisher hears from us: how its packets arrived, and how much it may send."""

from collections.abc import Iterable, Iterator
from itertools import islice
from struct import pack

from .plane import Source
from .rtcp import receiver_report, remb

CEILING_BPS = 3_000_000
"""Told from the first video packet on: Chromium jumps to it (300k -> 3000k in 1.2 s, all layers).
Without it the largest layer is absent for 10 s and 1280x720 content shrinks to 480x270."""
_BLOCKS = 31  # RFC 3550 §6.4.2


class Reception:
    """How the packets of one source arrive (RFC 3550 A.3, A.8), as they are told to it."""

    def __init__(self, inlet: Source) -> None:
        self._inlet = inlet
        self._told = (0, 0)
        self._sender_report = (0, 0.0)

    def sender_report(self, ntp: int, now: float) -> None:
        """Remember the middle 32 bits, to be given back (RFC 3550 §6.4.1, LSR)."""
        self._sender_report = (ntp >> 16 & 0xFFFFFFFF, now)

    def block(self, now: float) -> bytes:
        """One report block; the fraction lost is that since the block before."""
        inlet = self._inlet
        expected = inlet.top - inlet.base + 1
        lost = max(0, expected - inlet.packets)
        interval = expected - self._told[0]
        missing = max(0, interval - (inlet.packets - self._told[1]))
        fraction = min(255, missing * 256 // interval) if interval > 0 else 0
        self._told = (expected, inlet.packets)
        middle, at = self._sender_report
        delay = min(0xFFFFFFFF, int((now - at) * 65536)) if middle else 0
        return pack(
            "!IIIIII",
            inlet.ssrc,
            fraction << 24 | min(lost, 0x7FFFFF),
            inlet.top & 0xFFFFFFFF,
            min(0xFFFFFFFF, int(inlet.jitter)),
            middle,
            delay,
        )


def reports(blocks: Iterable[bytes], video: list[int]) -> Iterator[bytes]:
    """The receiver reports, and the REMB for the video SSRCs, as RTCP packets."""
    rest = iter(blocks)
    while some := list(islice(rest, _BLOCKS)):
        yield receiver_report(some)
    if video:
        yield welcome(video)


def welcome(video: list[int]) -> bytes:
    """The REMB on its own: sent at once when a video SSRC is first seen."""
    return remb(CEILING_BPS, video)
