"""One direction of a bad link, as arithmetic: when does a packet that enters now come out?"""

import random

from .profiles import Outage, Way

HEADERS = 28  # bytes of IPv4 and UDP, which a line carries too
LATE = 0.03  # seconds a reordered packet is held back: one or two of voice pass it


class Pipe:
    """Same seed, same times of the packets: same luck.  ``way`` may be changed at any time."""

    def __init__(self, way: Way, seed: int, now: float) -> None:
        self.way = way
        self.entered = self.lost = self.full = self.octets = 0
        self._dice = random.Random(seed)
        self._weather = random.Random(seed + 1)  # of bursts: not moved by how many packets come
        self._opened_at = now
        self._free_at = self._last_at = now
        self._bad = False
        self._turns_at = now

    def enter(self, octets: int, now: float) -> float | None:
        """-> when it comes out, or None where it is lost on the way.  ``octets`` of UDP payload."""
        way = self.way
        self.entered += 1
        self.octets += octets + HEADERS
        leaves = self._queue(octets, now)
        if leaves is None:
            self.full += 1
            return None
        if self._out(now) or self._unlucky(now):
            self.lost += 1
            return None
        arrives = leaves + max(0.0, self._dice.gauss(way.delay, way.jitter))
        if self._dice.random() < way.reorder:
            return arrives + LATE
        self._last_at = max(arrives, self._last_at)
        return self._last_at

    def _queue(self, octets: int, now: float) -> float | None:
        if not self.way.rate:
            return now
        begins = max(now, self._free_at)
        if begins - now > self.way.buffer:
            return None
        self._free_at = begins + (octets + HEADERS) * 8 / self.way.rate
        return self._free_at

    def _out(self, now: float) -> bool:
        since = now - self._opened_at
        return any(_within(outage, since) for outage in self.way.outages)

    def _unlucky(self, now: float) -> bool:
        burst, loss = self.way.burst, self.way.loss
        if not burst or not loss:
            return self._dice.random() < loss
        while self._turns_at <= now:
            self._bad = not self._bad
            mean = burst if self._bad else burst * (1 - loss) / loss
            self._turns_at += self._weather.expovariate(1 / mean)
        return self._bad


def _within(outage: Outage, since: float) -> bool:
    at = since - outage.at
    if outage.every and at >= 0:
        at %= outage.every
    return 0 <= at < outage.length
