"""How often somebody may try: a token bucket for each key."""

from collections import OrderedDict

MOST_KEYS = 10_000  # the longest untouched is forgotten beyond it


class Limiter:
    """Lets ``burst`` tries through at once and ``rate`` a second from then on, key by key."""

    def __init__(self, rate: float, burst: float) -> None:
        self._rate = rate
        self._burst = burst
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, key: str, now: float) -> float:
        """Seconds until this key has a try, 0 if it has one now; uses up nothing."""
        return max(0.0, 1.0 - self._left(key, now)) / self._rate

    def take(self, key: str, now: float, *, cost: float = 1.0) -> float:
        """Use up a try, or ``cost``: 0 if it may go on, else the seconds until the next is free.

        What costs more than there is left goes on, too; the next waits the longer.
        """
        left = self._left(key, now)
        wait = max(0.0, 1.0 - left) / self._rate
        self._buckets.pop(key, None)
        self._buckets[key] = (left if wait else left - cost, now)
        if len(self._buckets) > MOST_KEYS:
            self._buckets.popitem(last=False)
        return wait

    def _left(self, key: str, now: float) -> float:
        left, at = self._buckets.get(key, (self._burst, now))
        return min(self._burst, left + (now - at) * self._rate)
