"""A line in numbers: a bottleneck with a queue, and a browser behind it that reports as they do."""

import random
from collections import deque
from collections.abc import Callable

from signaling.sfu.budget import BOARD, Want, rested, share
from signaling.sfu.estimate import Estimate, Heard
from signaling.sfu.probe import Prober
from signaling.sfu.ration import STEEP

TICK = 0.05
VOICE = 40_000
LADDER = (60_000, 90_000, 150_000, 300_000, 500_000, 900_000, 1_500_000)
_KEEP = 0.25  # seconds between two REMBs
_KEY = 0.25  # seconds until another layer's key frame is there
_PACKET = 4000  # bits, of voices and pictures together
_ASKS = 0.15  # seconds between two NACKs, with each of which browsers report


class Browser:
    """Chromium's REMB as it was measured: held by 1.5 of what arrives, cut to 0.85 of it."""

    def __init__(self) -> None:
        self.remb = 0.0
        self._came: deque[tuple[float, float]] = deque()
        self._delays: deque[float] = deque([0.0] * 5, maxlen=5)
        self._first_at = -1.0

    def take(self, bits: float, delay: float, now: float) -> None:
        self._first_at = now if self._first_at < 0 else self._first_at
        self._came.append((now, bits))
        while now - self._came[0][0] > 0.5:
            self._came.popleft()
        self._delays.append(delay)

    def judge(self, now: float) -> int:
        """What it says now; 0: nothing yet."""
        rate = sum(bits for _, bits in self._came) / 0.5
        rises = self._delays[-1] - self._delays[0]
        if rises > 0.06 or self._delays[-1] > 0.25:
            self.remb = min(self.remb or rate, 0.85 * rate)
        elif now - self._first_at < 3.5:
            return 0
        elif not self.remb:
            self.remb = rate
        elif self.remb < 1.5 * rate and rises <= 0.005:
            self.remb *= 1.02
        return int(self.remb)


class Room:
    """One subscriber: a voice, one large picture, and a line of some capacity."""

    def __init__(
        self,
        capacity: Callable[[float], float],
        *,
        loss: float = 0.0,
        buffer: float = 0.5,
        trip: float = 0.06,
        jitter: float = 0.0,
        seed: int = 1,
    ) -> None:
        self.now, self.octets, self.queue, self.level = 0.0, 0.0, 0.0, -1
        self.estimate, self.prober = Estimate(), Prober()
        self.levels: list[tuple[float, int]] = []
        self.delays: list[tuple[float, float]] = []
        self.missed: list[tuple[float, float]] = []
        """The share of each moment's voice that was lost."""
        self._capacity, self._loss, self._buffer = capacity, loss, buffer
        self._trip, self._jitter = trip, jitter
        self._dice = random.Random(seed)
        self._browser = Browser()
        self._remb = (0, -1.0)
        self._report = (0.0, -1.0, -1.0, 1)
        self._sent = self._lost = 0.0
        self._told_of: deque[tuple[float, float, float]] = deque()
        self._flows = (-9.0, 0.0)
        """Until when what flowed before a switch flows on, and how much of it."""
        self._report_at, self._remb_at, self._sent_at, self._fell_at = 0.6, 0.0, 0.0, -9.0
        self._round = trip
        self._told: deque[tuple[float, str, tuple[float, ...]]] = deque()

    def run(self, until: float) -> None:
        while self.now < until:
            self._step()
            self.now += TICK

    def level_at(self, at: float) -> int:
        return [level for when, level in self.levels if when <= at][-1]

    def switches(self, since: float, until: float) -> int:
        return sum(since < at <= until for at, _ in self.levels[1:])

    def _step(self) -> None:
        bits = self._flow() * TICK + self._probe() * 8
        self.octets += bits / 8
        self._carry(bits)
        self._hear()
        self._choose()

    def voice_lost(self, since: float, until: float) -> float:
        """Seconds of it."""
        return sum(TICK * share for at, share in self.missed if since <= at < until)

    def _flow(self) -> float:
        return VOICE + self._video() * self._dice.uniform(0.9, 1.1)

    def _video(self) -> float:
        until, before = self._flows
        if self.now < until:
            return before
        return LADDER[self.level] if self.level >= 0 else 0.0

    def _probe(self) -> int:
        owed = self.prober.owed(self.now, ahead=TICK)
        if owed:
            self.prober.sent(owed if self.level >= 0 else 0, self.estimate, self.now)
        return owed if self.level >= 0 else 0

    def _carry(self, bits: float) -> None:
        """Put it into the queue; what overflows is lost, what drains arrives."""
        capacity = self._capacity(self.now)
        room = self._buffer * capacity - self.queue + capacity * TICK
        lost = max(0.0, bits - room) + self._loss * min(bits, room)
        self._sent += bits
        self._lost += lost
        self.missed.append((self.now, lost / bits))
        if lost > self._loss * bits:
            self._report_at = min(self._report_at, self.now + self.queue / capacity + _ASKS)
        self.queue += bits - lost
        out = min(self.queue, capacity * TICK)
        self.queue -= out
        delay = self.queue / capacity
        self.delays.append((self.now, delay))
        self._browser.take(out, delay, self.now)
        if self.now >= self._sent_at or self.now - TICK < self.prober.ended_at <= self.now:
            self._sent_at = self.now + 1.0
            self._round = self._trip + delay + self._dice.uniform(0, self._jitter)
        self._say()

    def _say(self) -> None:
        back = self.now + self._trip / 2
        if self.now >= self._remb_at:
            self._remb_at += _KEEP
            if remb := self._browser.judge(self.now):
                self._told.append((back, "remb", (remb,)))
        if self.now >= self._report_at:
            self._report_at = self.now + 1.0
            self._told.append((back, "report", (*self._lately(), self._round)))

    def _lately(self) -> tuple[float, int]:
        """The share lost, by the reports of the last second, and of how many packets."""
        self._told_of.append((self.now, self._sent, self._lost))
        self._sent = self._lost = 0.0
        while self.now - self._told_of[0][0] >= 1.0:
            self._told_of.popleft()
        sent = sum(sent for _, sent, _ in self._told_of)
        lost = sum(lost for *_, lost in self._told_of)
        return (lost / sent if sent else 0.0), max(1, int(sent / _PACKET))

    def _hear(self) -> None:
        while self._told and self._told[0][0] <= self.now:
            _, what, values = self._told.popleft()
            if what == "remb":
                self._remb = int(values[0]), self.now
            else:
                share, told_of, trip = values
                self._report = share, trip, self.now, int(told_of)
        loss, rtt, at, packets = self._report
        heard = Heard(int(self.octets), *self._remb)._replace(
            loss=loss, rtt=rtt, reported_at=at, packets=packets
        )
        self.estimate.hear(heard, self.now)
        if self.estimate.suspected_at == self.now:
            self._sent_at = self.now
        heard_at = max(heard.reported_at, heard.remb_at)
        self.prober.heed(self.estimate, self.now, reported_at=heard.reported_at, heard_at=heard_at)
        wish, least = (VOICE + BOARD + int(1.15 * LADDER[rung]) for rung in (-1, 0))
        self.prober.begin(self.estimate, wish, self.now, blind=least)

    def _choose(self) -> None:
        left = self.estimate.bps - VOICE - BOARD
        ladder = rested(LADDER, self.level, since=self.now - self._fell_at)
        level = share(left, [Want(0, ladder, self.level)])[0]
        if level != self.level or not self.levels:
            rest = 1.0 if level > self.level else 0.5 if left * STEEP > self._video() / 2 else 0.0
            self._flows = (self.now + _KEY if level >= 0 else 0.0), rest * self._video()
            self._fell_at = self.now if level < self.level else self._fell_at
            self.level = level
            self.levels.append((self.now, level))
