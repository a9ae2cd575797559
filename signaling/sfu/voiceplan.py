"""How a room is sent voices: how long a packet sounds, and how often each is sent again."""

from typing import NamedTuple

from synclass import opus

SPAN, LONG_SPAN = 20, 60  # milliseconds; longer than 60 and the jitter buffer doubles (measured)
MOST_COPIES = 2
SUFFERS = (0.03, 0.08)
"""Loss beyond which one copy, and two, are worth their bits.  With n copies p^(n+1) is missing:
at 8 % one copy leaves 0.6 %, at 30 % two leave 2.7 %."""
RECOVERS = (0.015, 0.05)
HOLD = 10.0  # seconds until fewer copies are tried: a burst is often followed by another
THIN, STOUT = 200_000, 300_000  # bit/s of a line: below it long packets, above it short ones again
ROOMY = 500_000  # bit/s of a line on which two copies of short packets are nothing
SHARE = 0.7  # of a line that voice may fill; it comes before all but signalling
WITH_INK = 0.85  # and that voice and the ink that rides in it may: little else is signalled then
MOST = 100_000  # bit/s of a voice with two copies: a lossy line is seldom a wide one
VOICE = 20_000  # bit/s of Opus that our own pages send
_RISE, _FALL = 0.5, 0.15  # weight of a report of _MANY packets: bad news counts at once
_MANY = 25  # packets that tell as much: half a second of short ones, a second and a half of long
_HEAD = 50  # bytes of IP, UDP, RTP with two extensions, and its seal, for each packet


class Plan(NamedTuple):
    """``span`` in milliseconds; ``copies`` of each packet beside the first."""

    span: int = SPAN
    copies: int = 0

    @property
    def units(self) -> int:
        """RTP units a packet should sound."""
        return self.span * opus.FRAME // 20

    def cost(self, voice: int = VOICE, *, loss: float = 0.0, red: bool = True) -> int:
        """Bit/s on the wire for a voice of so many bit/s of Opus.

        What takes RED asks for what it misses as well, as if it had no copies.
        """
        head = _HEAD + 5 * self.copies if red else _HEAD * (1 + self.copies)
        once = voice * (1 + self.copies) + head * 8000 // self.span
        return int(once * (1 + loss)) if red else once


class Look(NamedTuple):
    """What is known of a room's line now."""

    loss: float | None
    """Fraction of voice packets it says it missed since the last look; None: it has not said."""
    bps: int = 0
    """What the line carries; 0: not known."""
    voices: int = 1
    """How many are spoken to it now."""
    voice: int = VOICE
    """Bit/s of Opus of the largest."""
    sure: bool = True
    """``bps`` is not only guessed from loss: then it would tell against the cure."""
    packets: int = 25
    """How many ``loss`` is about."""
    ink: int = 0
    """Bit/s of what rides in it."""


class Planner:
    """Chooses a room's plan, look by look."""

    def __init__(self, *, red: bool) -> None:
        """``red``: it takes copies inside packets (RFC 2198), so that it sees what is lost.

        Where it does not, copies are the same packets again, and only what all of them missed
        is reported as lost.
        """
        self.plan = Plan()
        self.loss = 0.0
        self._red = red
        self._copies = 0
        self._calm_since: float | None = None
        self._thin = False

    def look(self, look: Look, now: float) -> Plan:
        if look.loss is not None:
            self._hear(look.loss, look.packets, now)
        if look.bps:
            self._thin = look.bps < (STOUT if self._thin else THIN)
        self.plan = self._choose(look)
        return self.plan

    def _fits(self, plan: Plan, look: Look) -> bool:
        """Does the line carry it?  Two copies of a large voice are more than they are worth."""
        cost = plan.cost(look.voice, loss=self.loss, red=self._red)
        if plan.copies == MOST_COPIES and cost > MOST:
            return False
        all_of_it = cost * max(1, look.voices) + look.ink
        share = WITH_INK if look.ink else SHARE
        return not (look.bps and look.sure) or all_of_it <= share * look.bps

    def places(self, bps: int) -> int | None:
        """How many voices a line carries in long packets; None where it carries any number."""
        if not bps or bps >= STOUT:
            return None
        return max(1, int(SHARE * bps) // Plan(LONG_SPAN).cost())

    def _hear(self, loss: float, packets: int, now: float) -> None:
        if not self._red:
            loss = loss ** (1 / (1 + self.plan.copies))
        weight = _RISE if loss > self.loss else _FALL
        self.loss += (loss - self.loss) * min(_RISE, weight * packets / _MANY)
        wanted = sum(self.loss > level for level in SUFFERS)
        if wanted > self._copies:
            self._copies, self._calm_since = wanted, None
        elif self._copies and self.loss < RECOVERS[self._copies - 1]:
            self._calm_since = now if self._calm_since is None else self._calm_since
            if now - self._calm_since >= HOLD:
                self._copies, self._calm_since = self._copies - 1, None
        else:
            self._calm_since = None

    def _choose(self, look: Look) -> Plan:
        """The most copies that are wanted and fit; two where there is room go in short packets."""
        for copies in range(self._copies, 0, -1):
            roomy = copies == MOST_COPIES and look.bps >= ROOMY
            for span in (SPAN, LONG_SPAN) if roomy else (LONG_SPAN,):
                if self._fits(Plan(span, copies), look):
                    return Plan(span, copies)
        return Plan(LONG_SPAN if self._thin or self._copies else SPAN)
