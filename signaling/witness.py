"""Which glimpses are due to be kept: the first at once, then the latest of each, twice a second."""

from synclass.channel import Glimpse
from synclass.words import Participant

APART = 0.5  # seconds between two that are kept of one kind and person: a replay shows the way


class Witness:
    """Remembers when each kind of glimpse of each person was kept, and the latest that was not."""

    def __init__(self) -> None:
        self._kept_at: dict[str, float] = {}
        self._waiting: dict[str, tuple[Participant, Glimpse]] = {}

    def take(self, key: str, by: Participant, glimpse: Glimpse, now: float) -> bool:
        """Whether to keep it now; if not, it comes from due() unless a later one replaces it."""
        if now - self._kept_at.get(key, now - APART) >= APART:
            self._kept_at[key] = now
            self._waiting.pop(key, None)
            return True
        self._waiting[key] = by, glimpse
        return False

    def due_at(self) -> float | None:
        """When due() next has something."""
        return min((self._kept_at[key] + APART for key in self._waiting), default=None)

    def due(self, now: float) -> list[tuple[Participant, Glimpse]]:
        """What waited long enough, to be kept now; each is said once."""
        keys = [key for key in self._waiting if self._kept_at[key] + APART <= now]
        self._kept_at |= dict.fromkeys(keys, now)
        return [self._waiting.pop(key) for key in keys]
