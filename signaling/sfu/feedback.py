"""What a publisher hears from us: how its packets arrived, and how much it may send."""

from collections.abc import Iterable, Iterator
from itertools import islice
from struct import pack

from .rewrite import distance
from .rtcp import receiver_report, remb

CEILING_BPS = 3_000_000
"""Told from the first video packet on: Chromium jumps to it (300k -> 3000k in 1.2 s, all layers).
Without it the largest layer is absent for 10 s and 1280x720 content shrinks to 480x270."""
_BLOCKS = 31  # RFC 3550 §6.4.2


class Reception:
    """How the packets of one SSRC arrive (RFC 3550 A.3, A.8)."""

    def __init__(self, clock_hz: int) -> None:
        self.packets = 0
        self._clock_hz = clock_hz
        self._base = self._top = -1
        self._told = (0, 0)
        self._transit = 0.0
        self._jitter = 0.0
        self._sender_report = (0, 0.0)

    def count(self, seq: int, ts: int, now: float) -> None:
        if self._top < 0:
            self._base = self._top = seq
        self._top += max(0, distance(seq, self._top, 16))
        self.packets += 1
        transit = now * self._clock_hz - ts
        step = abs(distance(int(transit), int(self._transit), 32)) if self.packets > 1 else 0
        self._jitter += (step - self._jitter) / 16
        self._transit = transit

    def sender_report(self, ntp: int, now: float) -> None:
        """Remember the middle 32 bits, to be given back (RFC 3550 §6.4.1, LSR)."""
        self._sender_report = (ntp >> 16 & 0xFFFFFFFF, now)

    def block(self, ssrc: int, now: float) -> bytes:
        """One report block; the fraction lost is that since the block before."""
        expected = self._top - self._base + 1
        lost = max(0, expected - self.packets)
        interval = expected - self._told[0]
        missing = max(0, interval - (self.packets - self._told[1]))
        fraction = min(255, missing * 256 // interval) if interval > 0 else 0
        self._told = (expected, self.packets)
        middle, at = self._sender_report
        delay = min(0xFFFFFFFF, int((now - at) * 65536)) if middle else 0
        return pack(
            "!IIIIII",
            ssrc,
            fraction << 24 | min(lost, 0x7FFFFF),
            self._top & 0xFFFFFFFF,
            min(0xFFFFFFFF, int(self._jitter)),
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
