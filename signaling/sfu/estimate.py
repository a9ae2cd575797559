"""What a subscriber's line carries: quickly down by its reports, up only by what was proved."""

from collections import deque
from typing import NamedTuple

from .trips import SPARSE, Trips

UNLIMITED = 20_000_000
"""bit/s, until something speaks against it: a good line has full quality from the first packet on.
(A first REMB takes 3-5 s, and it starves whoever waits for it to rise: measured.)"""
FLOOR = 50_000  # bit/s: a voice and the board; less would help nobody
WINDOW, SHORTEST = 1.0, 0.25  # seconds over which what is sent is measured; less, at the beginning
FELL = 0.97  # of the REMB before: it falls only where packets are held up on the way
FIRST = 0.8  # of what is sent: the first REMB is about what has arrived so far, so it may lag
LEAST = 150_000  # bit/s: below it a REMB is guesswork, unless packets queue
PLAIN = 0.6  # of what is sent: so low a REMB needs no other witness
MISSED = 0.03  # loss: like packets that wait, it is a witness
ALIBI = 2.0  # seconds in which a witness must come forward
LOSSY = 0.10  # loss that is no accident any more (as in Google congestion control, §6)
USELESS = 0.6  # of the loss before: so much of it left after a cut, and it is the line's own
LESS = 0.85  # of what was sent before: only so large a cut can show whether it helps
HOPELESS = 0.5  # more than that, and not by chance, no line loses of its own: it is full
WORSE = 0.1  # more loss than a cut was for: the line had shrunk while that report was gathered
SETTLED = 1.5  # seconds until reports speak of what is sent since a cut
DRAIN = 0.85  # of what is sent, so that such a queue becomes shorter


class Heard(NamedTuple):
    """The newest that is known of a line; times are when it was heard, -1 for never."""

    octets: int
    """Sent in all."""
    remb: int = 0
    remb_at: float = -1.0
    loss: float = 0.0
    """The share lost of what the newest report blocks speak of."""
    rtt: float = -1.0
    reported_at: float = -1.0
    packets: int = 1
    """How many packets ``loss`` is about."""


class _Cut(NamedTuple):
    """A cut made because of loss, until it is known whether that helped."""

    before: int
    loss: float
    sent: float
    at: float


class Estimate:
    """In bit/s of everything that is sent to one client.

    A REMB is believed when it falls, never when it rises: it is capped by what arrives, and after
    a fall grows by 2 % in a quarter second at most.  It falls where the browser is short of time,
    too (measured), so unless we are trying for more a longer round trip, loss or its size must
    bear it out.  Loss that a cut
    does not lessen is the line's own (radio, not queues): such a cut is taken back.
    """

    def __init__(self) -> None:
        self.bps = UNLIMITED
        self.sent = 0.0
        """bit/s in the last second."""
        self.loss = 0.0
        self.trips = Trips()
        self.cut_at = float("-inf")
        self.guessed = False
        """By the last cut: something was lost, and nothing else spoke of a full line."""
        self.suspected_at = float("-inf")
        """When a REMB last fell that wants a witness: a sender report now is soon answered."""
        self._sends: deque[tuple[float, int]] = deque()
        self._remb = (0, -1.0)
        self._suspicion = 0
        self.reported_at = -1.0
        """When the newest report came."""
        self.testing = False
        """A train is on its way: what it does to round trips is not the line's usual."""
        self.tried = False
        """More than before is being tried: every sign counts."""
        self._innate = 0.0
        self._cut: _Cut | None = None

    def hear(self, heard: Heard, now: float) -> None:
        """Take in what is known now; a few times a second."""
        self._measure(heard.octets, now)
        if heard.remb_at > self._remb[1]:
            self._hear_remb(heard, now)
        if heard.reported_at > self.reported_at:
            self.reported_at, self.loss = heard.reported_at, heard.loss
            self.trips.hear(heard.rtt, now)
            self._hear_witness(heard, now)
            self._hear_loss(heard, now)
            self._hear_trip(now)

    def prove(self, bps: int) -> None:
        """So much was sent, and nothing spoke against it."""
        self.bps = min(UNLIMITED, max(self.bps, bps))

    def restore(self, bps: int) -> None:
        """The fall was a probe's doing: so much fitted before it."""
        self.bps = max(self.bps, bps)

    def reduce(self, bps: int, now: float, *, guessed: bool = False) -> None:
        """It carries no more than this."""
        self.bps = max(FLOOR, min(self.bps, bps))
        self.cut_at, self.guessed = now, guessed

    def _measure(self, octets: int, now: float) -> None:
        sends = self._sends
        sends.append((now, octets))
        while len(sends) > 2 and now - sends[1][0] >= WINDOW:
            sends.popleft()
        passed = max(SHORTEST, now - sends[0][0])
        self.sent = (octets - sends[0][1]) * 8 / passed

    def _hear_remb(self, heard: Heard, now: float) -> None:
        last, self._remb = self._remb[0], (heard.remb, heard.remb_at)
        limit = FELL * last if last else FIRST * self.sent
        bps = max(FLOOR if self.trips.queued and not self.tried else LEAST, heard.remb)
        if heard.remb >= limit or bps >= self.bps:
            return
        if self.tried or (last and heard.remb < PLAIN * self.sent):
            self.reduce(bps, now)
        else:
            self._suspicion, self.suspected_at = bps, now

    def _hear_witness(self, heard: Heard, now: float) -> None:
        witness = self.trips.waits or heard.loss > MISSED
        if now - self.suspected_at < ALIBI and witness:
            self.reduce(self._suspicion, now)
            self.suspected_at = float("-inf")

    def _hear_loss(self, heard: Heard, now: float) -> None:
        """Where packets queue a first report is about some time before the line shrank, too.

        So it cuts deep; what comes next may show that it was worse, and then how bad it is.
        """
        cut, loss = self._cut, heard.loss
        hopeless = loss > HOPELESS + _chance(HOPELESS, heard.packets)
        worse = cut is not None and (self.trips.queued or hopeless) and loss > cut.loss + WORSE
        if now - self.cut_at < SETTLED and not worse:
            return
        self._cut = None
        if cut and not hopeless and self._useless(cut, loss):
            self._innate = loss
            self.bps = max(self.bps, cut.before)
        elif loss > LOSSY + 1.5 * self._innate + _chance(self._innate, heard.packets):
            self._cut = _Cut(self.bps, loss, self.sent, now)
            deep = 1 - loss if self.trips.queued else 1
            arrives = (1 - loss) * (DRAIN if worse or hopeless else deep)
            full = self.trips.full or hopeless
            self.reduce(int(self.sent * arrives), now, guessed=not full)
        else:
            self._innate += (min(loss, self._innate) - self._innate) / 4

    def _useless(self, cut: _Cut, loss: float) -> bool:
        """Less was sent, as much was lost, and nothing else speaks of a full line."""
        alone = self.cut_at == cut.at and not self.trips.queued
        less = self.sent < max(LESS * cut.sent, SPARSE)
        return alone and less and loss > USELESS * cut.loss

    def _hear_trip(self, now: float) -> None:
        peace = not self.testing and now - self.cut_at >= SETTLED
        if peace and self.trips.judge(self.sent, now):
            self.reduce(int(DRAIN * self.sent), now)


def _chance(loss: float, packets: int) -> float:
    """By how much more so few packets may be lost where this is the mean: two deviations."""
    return 2 * float((loss * (1 - loss) / packets) ** 0.5)
