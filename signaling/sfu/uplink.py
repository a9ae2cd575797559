"""How much a publisher may send: as much as its own line carries, whatever rooms' lines do."""

from collections import deque
from collections.abc import Iterable
from typing import NamedTuple

from .relief import Relief
from .rewrite import distance

CEILING_BPS = 3_000_000
"""Told from the first video packet on: Chromium jumps to it (300k -> 3000k in 1.2 s, all layers).
Without it the largest layer is absent for 10 s and 1280x720 content shrinks to 480x270."""
FLOOR_BPS = 50_000  # one small picture now and then; voice is not governed by this
LOOK = 0.5  # seconds between two judgements
SETTLE = 1.0  # seconds until an order can have shown an effect
QUEUE = 0.12  # seconds of growing delay: beyond the jitter of a bad mobile line
CALM = 0.08
LOSSY = 0.1  # share still lost after all asking: the line is full, a mere bad one is repaired
GOOD = 0.03
DRAINS = 0.9  # of the queue before: it is shrinking already
KEEP = 0.7  # of what came through: half a second of queue is gone within two
NEAR = 0.85  # of what was too much
FAST, SLOW = 1.5, 1.08  # growth a second: below that, or on a line that grew; and about it
BEYOND = 1.2  # so far above it without harm: it was another line
PROVEN, USED = 0.75, 0.5  # of what is allowed is sent: proves it good; proves nothing below
JUMP = 2.0  # seconds: no queue is that long, the sender's clock was set
REMEMBERED = 60  # buckets of LOOK: 30 s, in which two clocks drift apart by 3 ms
LATELY = 1  # bucket before the present one
NEWEST = 0.3  # seconds: what came before says nothing of this moment
HEAD = 40  # bytes around a payload: IP, UDP, RTP


class Count(NamedTuple):
    """One source of the publisher, as counted so far by the plane."""

    ssrc: int
    video: bool
    clock_hz: int
    packets: int
    octets: int
    expected: int
    pending: int
    """Holes that are still being asked for."""
    at: float
    ts: int
    """When the newest packet came, and its timestamp."""


class Delay:
    """How much longer the packets of a source travel than they did at best, of late."""

    def __init__(self, clock_hz: int) -> None:
        self._clock_hz = clock_hz
        self._ts = self._sent = 0
        self.at = float("-inf")
        """When the newest packet came."""
        self._transit = 0.0
        self._lowest: deque[tuple[int, float]] = deque(maxlen=REMEMBERED)

    def sample(self, at: float, ts: int) -> None:
        """A packet stamped ``ts`` came at ``at``."""
        self._sent += distance(ts, self._ts, 32)
        self._ts = ts
        transit = at - self._sent / self._clock_hz
        if abs(transit - self._transit) > JUMP:
            self._lowest.clear()
        self._transit = transit
        bucket = int(at / LOOK)
        if self._lowest and self._lowest[-1][0] == bucket:
            transit = min(transit, self._lowest.pop()[1])
        self._lowest.append((bucket, transit))
        self.at = at

    @property
    def newest(self) -> float:
        """Seconds that the newest packet has waited."""
        return self._transit - min(low for _, low in self._lowest)

    def queue(self, now: float) -> float | None:
        """Seconds; None where nothing came of late."""
        since = int(now / LOOK) - LATELY
        lately = [transit for bucket, transit in self._lowest if bucket >= since]
        if not lately:
            return None
        return min(lately) - min(transit for _, transit in self._lowest)


class Uplink:
    """Falls at once to what comes through, and climbs back: fast where it was good before."""

    def __init__(self, now: float) -> None:
        self.bps = float(CEILING_BPS)
        self.full = False
        """Packets queue on their way: what is sent again would only lengthen it."""
        self.relief = Relief()
        self._too_much = float("inf")
        self._looked_at = self._fell_at = now
        self._queue = 0.0
        """Seconds that packets wait on their way up."""
        self._lost = 0.0
        self._delays: dict[int, Delay] = {}
        self._before: dict[int, Count] = {}
        self._now: dict[int, Count] = {}

    def waits(self, now: float) -> float:
        """Seconds that what comes at this moment has waited on its way up."""
        lately = (d.newest for d in self._delays.values() if now - d.at < NEWEST)
        return min(lately, default=0.0)

    def look(self, counts: Iterable[Count], now: float) -> bool:
        """Take note, about twenty times a second.  True: it fell, tell the publisher at once."""
        self._now = {count.ssrc: count for count in counts}
        for ssrc, count in self._now.items():
            delay = self._delays.setdefault(ssrc, Delay(count.clock_hz))
            if count.packets:
                delay.sample(count.at, count.ts)
        passed = now - self._looked_at
        if passed < LOOK:
            return False
        came, lost = self._came() / passed, self._share_lost()
        self._looked_at, self._before = now, self._now
        self._delays = {ssrc: self._delays[ssrc] for ssrc in self._now}
        return self._judge(came, lost, self._waiting(now), now)

    def _judge(self, came: float, lost: float, queue: float, now: float) -> bool:
        """``came`` in bit/s, ``queue`` in seconds."""
        self.full = queue > QUEUE
        slow = self.full and queue >= DRAINS * self._queue
        lossy = min(lost, self._lost) > LOSSY  # twice: a burst is no full line
        self._queue, self._lost = queue, lost
        self.relief.look(now, hopeless=self.bps <= FLOOR_BPS and (self.full or lossy))
        if now - self._fell_at < SETTLE or not came:
            return False
        if slow or lossy:
            return self._fall(came, 0.0 if slow else (1 - lost) * self.bps, now)
        if queue < CALM and lost < GOOD and came > USED * self.bps:
            self._climb(proven=came > PROVEN * self.bps)
        return False

    def _fall(self, came: float, least: float, now: float) -> bool:
        before = self.bps
        self._too_much = came
        self.bps = min(before, max(FLOOR_BPS, KEEP * came, least))
        self._fell_at = now
        return self.bps < before

    def _climb(self, *, proven: bool) -> None:
        if self.bps > BEYOND * self._too_much and proven:
            self._too_much = float("inf")
        known = self.bps < NEAR * self._too_much < float("inf")
        anew = self._too_much == float("inf") and proven
        growth = FAST if known or anew else SLOW
        self.bps = min(CEILING_BPS, self.bps * growth**LOOK)

    def _came(self) -> float:
        """Bits since the last judgement."""
        return sum(
            8 * (count.octets - old.octets + HEAD * (count.packets - old.packets))
            for count, old in self._steps()
        )

    def _share_lost(self) -> float:
        """The share of pictures' packets that did not come, and will not."""
        steps = [(count, old) for count, old in self._steps() if count.video]
        expected = sum(count.expected - old.expected for count, old in steps)
        lost = sum(_gone(count) - _gone(old) for count, old in steps)
        return min(1.0, max(0, lost) / expected) if expected > 0 else 0.0

    def _steps(self) -> Iterable[tuple[Count, Count]]:
        return ((c, old) for ssrc, c in self._now.items() if (old := self._before.get(ssrc)))

    def _waiting(self, now: float) -> float:
        """A full line delays all that is sent on it; what delays one source is its own."""
        queues = [d.queue(now) for d in self._delays.values()]
        return min((queue for queue in queues if queue is not None), default=0.0)


def _gone(count: Count) -> int:
    return count.expected - count.packets - count.pending
