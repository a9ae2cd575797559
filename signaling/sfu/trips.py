"""Round trips of one line: which are ordinary, and which tell of packets that wait on their way."""

from collections import deque

QUEUED = 0.04  # seconds over what is usual: packets wait
LATE = 0.1  # seconds over an ordinary round trip, twice running: a queue grows that we feed
RESTLESS = 0.3  # seconds: no line swings by more on its own; a queue that grows slowly does
GIVEN = 6  # late reports running: two cuts did not help, so the way itself has become longer
DRAINED = 4.0  # seconds of late reports that say the same while too little is sent for a queue
SPARSE = 100_000  # bit/s: so little leaves nothing to cut, and what is lost of it is the line's own
ROUNDS, RECENT = 30, 9  # reports, one a second: for the shortest round trip, and for the usual one


class Trips:
    """In seconds, there and back, queues on the way down included."""

    def __init__(self) -> None:
        self.rtt = -1.0
        """The newest; negative where none is known."""
        self.late = 0
        """Reports running whose round trip was longer than ordinary."""
        self.queued = False
        """By the newest packets wait on their way, more than is usual."""
        self.full = False
        """They wait as long as where a queue overflows: what is lost is of our own making."""
        self.full_at = float("-inf")
        """When it last was."""
        self._ordinary: deque[float] = deque(maxlen=ROUNDS)
        self._late_at = float("-inf")
        """When the first of the late ones came."""

    @property
    def shortest(self) -> float:
        """Of late: that of the line with empty queues."""
        return min(self._ordinary, default=0.0)

    @property
    def ordinary(self) -> float:
        """One of no meaning: as far over the median as the shortest is under it."""
        recent = sorted(list(self._ordinary)[-RECENT:])
        if not recent:
            return float("inf")
        return self.shortest + min(2 * (recent[len(recent) // 2] - self.shortest), RESTLESS)

    @property
    def waits(self) -> bool:
        """More than the shortest does: a witness, where something else is suspected."""
        return bool(self._ordinary) and self.rtt > self.shortest + QUEUED

    def hear(self, rtt: float, now: float) -> None:
        """A report has come."""
        self.rtt = rtt
        self.queued = rtt > self.ordinary + QUEUED
        self.full = rtt > self.ordinary + LATE
        self.full_at = now if self.full else self.full_at

    def judge(self, sent: float, now: float) -> bool:
        """True where a queue grows.  ``sent`` is in bit/s; only of a line in peace."""
        if self.rtt < 0:
            return False
        self.late = self.late + 1 if self.full else 0
        self._late_at = now if self.late <= 1 else self._late_at
        if self.late > GIVEN or (sent < SPARSE and now - self._late_at > DRAINED):
            self._ordinary.clear()
            self.late = 0
        if not self.late:
            self._ordinary.append(self.rtt)
        return self.late > 0 and self.late % 2 == 0
