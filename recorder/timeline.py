"""From RTP time to lesson time: by the fastest packets, tied by the publisher's reports."""

from .rtp import Unwrap

WINDOW = 10.0
"""Seconds after which a fast packet is forgotten: a sender's clock may be off by 100 ppm."""
PAUSE = 1.0
"""Seconds without a packet after which the sender's media clock may have stood still."""
RESTART, RESTART_AFTER_PAUSE = 2.0, 0.25
"""Seconds a packet may be slower than the fastest before we believe in a new media clock."""
JUMP = 1.0
"""Seconds of error that are mended at once; anything smaller is led in gently."""
LATER = 0.002
"""Seconds a second towards later: ten times any clock's drift, slower than most queues live."""
STALE = 60.0
"""Seconds of silence after which what is known of a track is too old: with crystals 100 ppm
apart it is 6 ms wrong by then, and a tenth of a second after half an hour."""
SAME_CLOCK = 1.0
"""Seconds two reports of one publisher may disagree and still be of one clock."""


class Fastest:
    """The least delay seen in the last one to two windows."""

    def __init__(self) -> None:
        self._since: float | None = None
        self._before = self._now = float("inf")

    def add(self, delay: float, at: float) -> None:
        if self._since is None or at - self._since >= WINDOW:
            self._since, self._before, self._now = at, self._now, delay
        self._now = min(self._now, delay)

    @property
    def least(self) -> float:
        return min(self._before, self._now)


class TrackClock:
    """Tells the lesson time of a track's RTP timestamps.

    The delay between the media clock and the lesson's is that of the fastest packets.  Where
    sender reports (RFC 3550 §6.4.1) tie the tracks of a publisher together all of them take the
    delay of the fastest track, so a voice and its camera agree whatever the camera's queue.  While
    the others are silent a track goes on being ahead of its own packets by what it was.
    """

    def __init__(self, rate: int, publisher: "Publisher") -> None:
        self._rate, self._publisher = rate, publisher
        self._unwrap, self._fastest = Unwrap(32), Fastest()
        self._tie: float | None = None
        self._offset: float | None = None
        self._lead = 0.0
        self._last_at = self._told_at = float("-inf")
        publisher.tracks.append(self)

    def arrived(self, rtp: int, at: float) -> None:
        """A packet with this timestamp came in at lesson second ``at``."""
        delay = at - self._unwrap.on(rtp) / self._rate
        patience = RESTART if at - self._last_at <= PAUSE else RESTART_AFTER_PAUSE
        if delay - self._fastest.least > patience or at - self._last_at > STALE:
            delay = self._begin_anew(rtp, at)
        self._last_at = at
        self._fastest.add(delay, at)

    def report(self, ntp: float, rtp: int) -> None:
        """The publisher says: its clock stood at ``ntp`` seconds when the track's was at rtp."""
        self._tie = ntp - self._unwrap.near(rtp) / self._rate

    def time(self, rtp: int, at: float) -> float:
        """Lesson seconds of this timestamp, as known at ``at``; only after a packet arrived."""
        target = self._target()
        if self._offset is None or abs(target - self._offset) > JUMP:
            self._offset = target
        error, elapsed = target - self._offset, max(0.0, at - self._told_at)
        earlier = max(error, -elapsed * max(0.005, -error / 4))
        self._offset += min(error, elapsed * LATER) if error > 0 else earlier
        self._told_at = max(at, self._told_at)
        return self._unwrap.near(rtp) / self._rate + self._offset

    def leave(self) -> None:
        """The track is gone; its publisher's other tracks go on without it."""
        self._publisher.tracks.remove(self)

    @property
    def tied_delay(self) -> float | None:
        """Delay of the fastest packets against the publisher's own clock, where it told it."""
        least = self._fastest.least
        return None if self._tie is None or least == float("inf") else least - self._tie

    def _begin_anew(self, rtp: int, at: float) -> float:
        self._unwrap, self._fastest = Unwrap(32), Fastest()
        self._tie = self._offset = None
        return at - self._unwrap.on(rtp) / self._rate

    def _target(self) -> float:
        delay = self.tied_delay
        if delay is None or self._tie is None:
            return self._fastest.least
        fresh = (t for t in self._publisher.tracks if self._last_at - t._last_at <= STALE)
        known = [d for t in fresh if t is not self and (d := t.tied_delay) is not None]
        if together := [d for d in known if abs(d - delay) < SAME_CLOCK]:
            self._lead = max(0.0, delay - min(together))
        return self._tie + delay - self._lead


class Publisher:
    """The tracks of one participant, which share one clock."""

    def __init__(self) -> None:
        self.tracks: list[TrackClock] = []
