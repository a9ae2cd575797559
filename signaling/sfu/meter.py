"""How much a source sends, measured: what a layer will cost whoever is shown it."""

from typing import Protocol

FADE = 2.0  # seconds over which a rate is smoothed: a key frame is ten times a frame
SLOW_FADE = 6.0  # of a screen: a page that is turned is a megabit, and the next minute nothing
HEADERS = 48  # bytes of a packet beside its payload: RTP, extensions, the SRTP tag
PAUSED = 1.0  # seconds without a packet: what was measured before still counts afterwards
_GIVEN = {"q": 150_000, "h": 500_000, "f": 1_500_000}
_OTHERS = 500_000
_SHARES = {1: (1.0,), 2: (0.7, 1.0), 3: (0.5, 0.65, 1.0)}
"""Of a layer's octets, up to each temporal layer: measured in Chromium's L1T2 and L1T3."""


class Counted(Protocol):
    """What the plane counts of a source."""

    @property
    def packets(self) -> int: ...
    @property
    def octets(self) -> int: ...


class Meter:
    """Looks at the counters of one source now and then."""

    def __init__(self, bps: int, *, bursty: bool = False) -> None:
        """``bps`` is believed until there is something to measure.

        ``bursty``: a screen, or a voice.  It rests for minutes, and what it sends then counts too.
        """
        self.bps = bps
        self._bursty = bursty
        self._fade = SLOW_FADE if bursty else FADE
        self._packets = self._octets = 0
        self._at = self._moved_at = -1.0
        self._weight = 0.0

    def look(self, source: Counted, now: float) -> None:
        """A few times a second."""
        packets, octets = source.packets - self._packets, source.octets - self._octets
        passed, self._at = now - self._at, now
        self._packets, self._octets = source.packets, source.octets
        rested = self._moved_at < 0 or (now - self._moved_at > PAUSED and not self._bursty)
        if packets:
            self._moved_at = now
        if rested or passed <= 0:
            return
        self._weight = min(self._fade, self._weight + passed)
        rate = (octets + HEADERS * packets) * 8 / passed
        self.bps = int(self.bps + (rate - self.bps) * min(1.0, passed / self._weight))


def given(rid: str) -> int:
    """bit/s that our own client gives this layer at most."""
    return _GIVEN.get(rid, _OTHERS)


def parts(bps: int, tids: int) -> list[int]:
    """What a layer costs with its temporal layers up to 0, 1, ...: as encoders divide it."""
    return [int(bps * share) for share in _SHARES.get(tids, (1.0,))]
