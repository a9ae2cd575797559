"""How often somebody may try: a token bucket for each key."""

from collections import OrderedDict

MOST_KEYS = 10_000  # the longest untouched is forgotten beyond it


class Limiter:
    """Lets ``burst`` tries through at once and ``rate`` a second from then on, key by key."""

    def __init__(self, rate: float, burst: float) -> None:
        self._rate = rate
        self._burst = burst
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str, now: float) -> float:
        """Use up one try: 0 if it may go on, else the seconds until the next is free."""
        left, at = self._buckets.pop(key, (self._burst, now))
        left = min(self._burst, left + (now - at) * self._rate)
        allowed = left >= 1.0
        self._buckets[key] = (left - 1.0 if allowed else left, now)
        if len(self._buckets) > MOST_KEYS:
            self._buckets.popitem(last=False)
        return 0.0 if allowed else (1.0 - left) / self._rate
