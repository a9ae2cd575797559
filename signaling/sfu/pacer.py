"""Holds one subscriber's video back to a rate, so that its line's own queue stays empty."""

from collections import deque

from .plane import PACE_BURST, PACE_BYTES, PACE_LEAST, PACE_WAIT


class Pacer:
    """A token bucket, and a bounded row of sealed packets; when it is full the newest is refused.

    Sound, RTCP and resends take tokens too, but never wait.
    """

    def __init__(self) -> None:
        self.waiting = 0
        """Bytes."""
        self.bps = 0
        """0: everything goes."""
        self._tokens = 0.0
        self._at = -1.0
        self._row: deque[bytes] = deque()

    def pace(self, bps: int) -> None:
        """From now on this rate; 0: everything goes."""
        self.bps = bps

    @property
    def idle(self) -> bool:
        """Need nobody be asked?"""
        return not self.bps and not self.waiting

    def charge(self, octets: int, now: float | None = None) -> None:
        """Something went that never waits."""
        if now is not None:
            self._refill(now)
        self._tokens -= octets

    def admit(self, sealed: list[bytes], now: float) -> tuple[list[bytes], int]:
        """-> (what may go at once, how many there was no room for); the rest waits."""
        self._refill(now)
        for n, data in enumerate(sealed):
            if self.waiting or self._tokens < len(data):
                return sealed[:n], self._hold(sealed[n:])
            self._tokens -= len(data)
        return sealed, 0

    def release(self, now: float) -> list[bytes]:
        """What may go by now."""
        self._refill(now)
        going = []
        while self._row and (not self.bps or self._tokens >= len(self._row[0])):
            data = self._row.popleft()
            self._tokens -= len(data)
            self.waiting -= len(data)
            going.append(data)
        return going

    def drop(self) -> int:
        """Forget what waits; -> how many packets."""
        count, self.waiting = len(self._row), 0
        self._row.clear()
        return count

    def _hold(self, sealed: list[bytes]) -> int:
        room = max(PACE_LEAST, int(self.bps / 8 * PACE_WAIT))
        refused = 0
        for data in sealed:
            if self.waiting + len(data) > room:
                refused += 1
                continue
            self._row.append(data)
            self.waiting += len(data)
        return refused

    def _refill(self, now: float) -> None:
        burst = max(PACE_BYTES, self.bps / 8 * PACE_BURST)
        grown = self._tokens + (now - self._at) * self.bps / 8 if self._at >= 0 else burst
        self._tokens = min(burst, grown)
        self._at = now
