"""On a line too thin for any picture that moves: the key frames that come anyway."""

from .slots import Slot
from .tracks import Source

EVERY = 2.0  # seconds between two, at least: encoders make one as often
BPS = 40_000  # bit/s beside voices: nothing that moves proves that the line carries more


class Stills:
    """Of one peer, in one slot at a time.  No key frame is asked for: it would cost others."""

    def __init__(self) -> None:
        self._slot: Slot | None = None
        self._source: Source | None = None
        self._since = self._next_at = 0.0

    @property
    def shown(self) -> bool:
        return self._slot is not None

    def choose(self, slot: Slot, source: Source, bps: int, now: float) -> None:
        """Show this one from its next key frame on, where ``bps`` are enough for it."""
        if bps < BPS:
            self.stop()
        elif (slot, source) != (self._slot, self._source):
            self._slot, self._source, self._since = slot, source, now

    def stop(self) -> None:
        """It moves again, or there is nothing left for it."""
        self._slot = self._source = None

    def look(self, now: float) -> None:
        """A few times a second: is there a new one, and has the last had its time?"""
        slot, source = self._slot, self._source
        if slot is None or source is None or now < self._next_at:
            return
        if source.inlet.key_at <= self._since:
            return
        if octets := slot.still(source, now):
            self._since = source.inlet.key_at
            self._next_at = now + max(EVERY, 8 * octets / BPS)
