"""What one subscriber gets: its line judged and probed, its slots given their layers."""

from collections import deque
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .budget import BOARD, MARGIN, THIN, Want, pace, rested, share
from .estimate import UNLIMITED, Estimate, Heard
from .layers import Rung, least
from .meter import Meter
from .peer import Peer
from .plane import ALL
from .probe import Prober
from .slots import Slot
from .stills import BPS, Stills
from .toll import Lost, Toll

DEALT_EVERY = 1.0  # seconds; rates change, and with them what fits
AHEAD = 0.05  # seconds of a train sent at a time: a worker's tick
VOICE = 40_000  # bit/s of a voice until it has been measured
STEEP = 2.0  # times what is left for pictures: a queue would be full before the key frame comes
LATELY = 1.0  # seconds of reports that are judged together: each stream has its own
SUDDEN = 2  # looks running at which MOST was lost: no burst is so long, the line fell
MOST = 0.65
TELLING = 20  # packets: of fewer a line that loses some may lose most by chance
FORGIVEN = 1.0  # seconds after it until no report speaks of anything but the better time since
BREATH, HELD = 64_000, 0.5  # bit/s of pictures, and seconds, while that is found out: voice goes on


class Claim(NamedTuple):
    """A slot that is to show a picture, its place in the order, and what it could show."""

    slot: Slot
    order: int
    rungs: Sequence[Rung]


class Ration:
    """Of one peer."""

    def __init__(self, peer: Peer, now: float, *, carries: int = UNLIMITED) -> None:
        """``carries``: bit/s, where its line is known to be thin.

        Then voice and board are there before more is tried: a picture fills such a line for
        seconds, and what came of the voice meanwhile was one packet in ten (measured).
        """
        self.estimate = Estimate()
        self._peer = peer
        self._prober = Prober()
        if carries < UNLIMITED:
            self.estimate.reduce(carries, now)
        self._stills = Stills()
        self._has: dict[Slot, Rung] = {}
        self._fell_at: dict[Slot, float] = {}
        self._limits: dict[Slot, int] = {}
        self._voices: dict[Slot, Meter] = {}
        self._heard_at = -1.0
        self._tolls: dict[Slot, Toll] = {}
        self._told: deque[tuple[float, Lost]] = deque()
        """What the reports of late say, and when they came."""
        self._known = Heard(0)
        self._wish = self._least = self._paced = self._left = 0
        self._echo_at = float("inf")
        self._bad, self._bad_at = 0, float("-inf")
        """Looks running at which most was lost, and when the last was."""
        self._forgive_at = float("inf")
        self._dealt_at = now
        self._unsettled = self._wanted = False

    @property
    def _voiced(self) -> int:
        return sum(meter.bps for meter in self._voices.values())

    @property
    def carries(self) -> int:
        """Bit/s that its line is known to carry, whatever is being tried."""
        return self._prober.proved(self.estimate)

    def rests(self, now: float) -> bool:
        """It is thin, and full of what comes (again): no room for pictures, nor for copies."""
        return now < self._prober.rests_until and self.estimate.bps < THIN

    @property
    def probing(self) -> bool:
        """Its next judgement is due at the next tick."""
        return self._prober.target > 0

    def judge(self, now: float) -> bool:
        """A few times a second, as REMBs come; every tick while probing.

        True: the line carries more or less than it did, or its rates may have changed: deal anew.
        """
        if self._calm():
            return False
        before, heard = self.estimate.bps, self._heard(now)
        self.estimate.hear(heard, now)
        if self.estimate.suspected_at == now:
            self._peer.report(now)
        if self._unsettled:
            self._settle()
        if now >= self._forgive_at:
            self._forgive()
        for slot, meter in self._voices.items():
            meter.look(slot.stream, now)
        if before == self.estimate.bps == UNLIMITED:
            self._pace(now)
            return False
        self._probe(heard.reported_at, now)
        self._stills.look(now)
        self._pace(now)
        return self.estimate.bps != before or now - self._dealt_at >= DEALT_EVERY

    def deal(self, claims: Sequence[Claim], now: float) -> None:
        """Give each of these slots what the line has left for it."""
        self._dealt_at = now
        kept = self._voiced + BOARD
        rungs = [claim.rungs for claim in claims if claim.rungs]
        if rungs and not self._wanted and self.estimate.bps < UNLIMITED:
            self._prober.rest(now)
        self._wanted = bool(rungs)
        self._wish = kept + int(MARGIN * sum(each[-1].bps for each in rungs))
        self._least = kept + int(MARGIN * min((each[0].bps for each in rungs), default=0))
        self._left = 0 if self.rests(now) else self.estimate.bps - kept
        if self.estimate.bps >= UNLIMITED:
            levels = [len(claim.rungs) - 1 for claim in claims]
        else:
            levels = share(self._left, [self._want(claim, now) for claim in claims])
        shown = bool(self._has)
        for claim, level in zip(claims, levels, strict=True):
            self._give(claim, level, now)
        if shown and not self._has:
            self._drop()
        self._freeze(claims, now)

    def _freeze(self, claims: Sequence[Claim], now: float) -> None:
        """The first for which nothing is left that moves gets stills."""
        spare = self._left - sum(rung.bps for rung in self._has.values())
        bare = (claim for claim in claims if claim.rungs and claim.slot not in self._has)
        first = min(bare, key=lambda claim: claim.order, default=None)
        if first is None:
            self._stills.stop()
        else:
            self._stills.choose(first.slot, first.rungs[0].source, spare, now)

    def _drop(self) -> None:
        """What waits was meant for a better line."""
        self._peer.line.drop()
        for slot, toll in self._tolls.items():
            if slot.form.kind == "video":
                toll.forgive()

    def _forgive(self) -> None:
        """Reports of a voice speak of the fall for five seconds: it would be cut for again."""
        self._forgive_at = float("inf")
        for toll in self._tolls.values():
            toll.forgive()

    def hear(self, slot: Slot) -> None:
        """There is a voice in this slot; it has its share before all pictures."""
        if slot not in self._voices:
            self._voices[slot] = Meter(VOICE, bursty=True)

    def leave(self, slots: Iterable[Slot], now: float) -> None:
        """Nothing is to be shown in these."""
        for slot in slots:
            self._voices.pop(slot, None)
            self._tolls.pop(slot, None)
            self._fell_at.pop(slot, None)
            self._take(slot, now)

    def _take(self, slot: Slot, now: float) -> None:
        self._has.pop(slot, None)
        self._limit(slot, ALL)
        if slot.wanted is not None:
            slot.show(None, now)

    def _want(self, claim: Claim, now: float) -> Want:
        costs, has = [rung.bps for rung in claim.rungs], self._level(claim)
        since = now - self._fell_at.get(claim.slot, float("-inf"))
        return Want(claim.order, rested(costs, has, since=since), has)

    def _level(self, claim: Claim) -> int:
        """Where on its ladder the slot stands; -1 where it shows nothing of it."""
        has = self._has.get(claim.slot)
        if has is None:
            return -1
        there = (
            level
            for level, rung in enumerate(claim.rungs)
            if rung.source is has.source and rung.tid >= has.tid
        )
        return next(there, -1)

    def _give(self, claim: Claim, level: int, now: float) -> None:
        slot, had = claim.slot, self._level(claim)
        if level < had:
            self._fell_at[slot] = now
        if level < 0:
            self._take(slot, now)
            return
        self._has[slot] = rung = claim.rungs[level]
        slot.show(rung.source, now)
        if slot.source is rung.source or slot.source is None:
            self._limit(slot, rung.tid)
        elif level < had:  # until the key frame it waits for: as little as can be
            self._limit(slot, 0)
            if least(slot.source) > STEEP * self._left:
                slot.stream.restart()
                self._drop()
        self._unsettled = True

    def _settle(self) -> None:
        """A slot that has switched shows all it was given."""
        self._unsettled = False
        for slot, rung in self._has.items():
            if slot.source is rung.source:
                self._limit(slot, rung.tid)
            else:
                self._unsettled = True

    def _limit(self, slot: Slot, tid: int) -> None:
        if self._limits.get(slot, ALL) != tid:
            self._limits[slot] = tid
            slot.stream.limit(tid)

    def _calm(self) -> bool:
        """A good line of which nothing has been heard since: most lines, most of the time."""
        before, self._heard_at = self._heard_at, self._peer.line.heard_at
        good = self.estimate.bps == UNLIMITED and not self._paced
        return before == self._heard_at and good and not self._unsettled

    def _heard(self, now: float) -> Heard:
        """The queue on the way up is not ours: a room that films has one of its own making."""
        line = self._peer.line
        news = [toll for slot in (*self._has, *self._voices) if (toll := self._toll(slot)).news]
        if news:
            told = [toll.take() for toll in news]
            self._told.extend((now, lost) for lost in told)
            waited = self._peer.upward.uplink.waits(now)
            rtt = line.rtt if line.rtt < 0 else max(0.0, line.rtt - waited)
            loss = max(self._lost(now), self._suddenly(told, now))
            packets = sum(lost.packets for _, lost in self._told)
            self._known = Heard(0, loss=loss, packets=packets, rtt=rtt, reported_at=now)
        return self._known._replace(octets=line.octets, remb=line.remb, remb_at=line.remb_at)

    def _toll(self, slot: Slot) -> Toll:
        if slot not in self._tolls:
            self._tolls[slot] = Toll(slot.stream, sound=slot.form.kind == "audio")
        return self._tolls[slot]

    def _lost(self, now: float) -> float:
        """The share lost of late; each stream weighs what it has sent."""
        while now - self._told[0][0] >= LATELY:
            self._told.popleft()
        return _share([lost for _, lost in self._told])

    def _suddenly(self, told: Sequence[Lost], now: float) -> float:
        """The loss of these reports alone, where the line seems to have fallen; else 0."""
        loss, packets = _share(told), sum(lost.packets for lost in told)
        telling = self._bad > 0 or packets >= TELLING  # once pictures wait, there are few
        self._bad = self._bad + 1 if loss > MOST and telling else 0
        self._bad_at = now if self._bad else self._bad_at
        if self._bad < SUDDEN:
            return 0.0
        self._forgive_at = now + FORGIVEN
        return loss

    def _probe(self, reported_at: float, now: float) -> None:
        self._send_train(now)
        heard_at = max(self._peer.line.heard_at, self._peer.path.consent_at)
        self._prober.heed(self.estimate, now, reported_at=reported_at, heard_at=heard_at)
        if self._prober.begin(self.estimate, self._wish, now, blind=self._least):
            self._echo_at = self._prober.ended_at
            self._send_train(now)

    def _send_train(self, now: float) -> None:
        if owed := self._prober.owed(now, ahead=AHEAD):
            self._prober.sent(self._peer.line.probe(owed, now), self.estimate, now)
        elif now >= self._echo_at:  # the round trip of this report tells how the train fared
            self._echo_at = float("inf")
            self._peer.report(now)

    def _pace(self, now: float) -> None:
        """At the first sign of a fall pictures wait: a burst is over when the next look comes."""
        bps = pace(self.estimate.bps, train=self._prober.target)
        if self._stills.shown and not self._has:
            bps = min(bps, self._voiced + BPS)
        if self._bad == 1 and now - self._bad_at < HELD:
            bps = min(bps or BREATH, BREATH)
        if bps != self._paced:
            self._paced = bps
            self._peer.line.pace(bps)


def _share(told: Sequence[Lost]) -> float:
    """The share lost; each report weighs what it speaks of."""
    return sum(lost.octets * lost.share for lost in told) / sum(lost.octets for lost in told)
