"""Packets that a publisher's line lost: which to ask for again, how often, and for how long."""

from collections.abc import Callable
from typing import NamedTuple

REORDER = 0.01  # seconds a packet may be late of itself: one in a hundred is, on a crowded wifi
GAP = 0.03  # seconds between two asks, where the way there and back is shorter
UNKNOWN_RTT = 0.1  # seconds; until a report tells
LONGEST = 64  # packets in one gap; a key frame is the shorter way then


class Bounds(NamedTuple):
    tries: int
    age: float
    """Seconds: then it would come too late."""
    most: int
    """Holes at a time; of more the oldest are given up."""


VIDEO = Bounds(8, 1.2, 256)  # rooms wait for a picture about so long before they ask for a new one
VOICE = Bounds(3, 0.4, 16)  # a jitter buffer that has grown waits so long, not longer


class _Hole:
    __slots__ = ("due_at", "since", "tries")

    def __init__(self, now: float) -> None:
        self.since = now
        self.due_at = now + REORDER
        self.tries = 0


class Missing:
    """The holes in one source.  Whether a packet has come meanwhile is asked of the plane."""

    def __init__(self, bounds: Bounds) -> None:
        self.asked = self.given_up = 0
        self._bounds = bounds
        self._holes: dict[int, _Hole] = {}

    @property
    def open(self) -> int:
        """Holes that may still be filled."""
        return len(self._holes)

    def jumped(self, first: int, count: int, now: float) -> bool:
        """Numbers were jumped over.  True: too many to be asked for, nothing is missed now."""
        if count >= LONGEST:
            self.given_up += count + len(self._holes)
            self._holes.clear()
            return True
        for n in range(count):
            self._holes.setdefault((first + n) & 0xFFFF, _Hole(now))
        while len(self._holes) > self._bounds.most:
            self._give_up(next(iter(self._holes)))
        return False

    def due_at(self) -> float | None:
        """When to ask next."""
        return min((hole.due_at for hole in self._holes.values()), default=None)

    def ask(
        self, now: float, rtt: float, came: Callable[[int], bool], *, room: bool = True
    ) -> list[int]:
        """The numbers to be asked for now.  ``rtt`` is negative where it is not known.

        Without ``room`` none: their line is full, what is sent again would only fill it more.
        """
        wanted = []
        for seq, hole in list(self._holes.items()):
            if now < hole.due_at:
                continue
            if came(seq):
                del self._holes[seq]
            elif hole.tries == self._bounds.tries or now - hole.since > self._bounds.age:
                self._give_up(seq)
            else:
                if room:
                    hole.tries += 1
                    wanted.append(seq)
                wait = max(GAP, rtt if rtt >= 0 else UNKNOWN_RTT)
                hole.due_at = now + wait * (1 + hole.tries / 4)
        self.asked += len(wanted)
        return wanted

    def _give_up(self, seq: int) -> None:
        self.given_up += 1
        del self._holes[seq]
