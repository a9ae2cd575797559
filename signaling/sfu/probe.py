"""Finds out whether a line carries more: by a train of copies, then by the better layer itself."""

from .budget import BOARD
from .estimate import Estimate

FACTOR = 2.5  # times what is known to fit: 200 kbit/s to 2 Mbit/s is three trains
DELAY = 0.12  # seconds: where nothing more fits, a train lets voice wait so long, once
LONGEST = 0.8  # seconds of a train: it is the longer, the less it tries
MORE = 1.1  # times what is known to fit: less is no news
WHOLE = 0.95  # of a train: it went through as it was sent, so the next may follow at once
ECHO = 0.3  # seconds after a train until its loss and delay can have been told
VERDICT = 1.6  # seconds: browsers report every second; silence is consent, the trial comes next
SILENT = 6.0
"""Seconds of it without a sign of life, of which there are some in five: then it is no consent,
for the line is broken."""
SURE = 0.95  # of what a train showed
SLACK = 1.1  # times what was sent in peace before a train: so much is kept when it fails
TRIAL = 4.0  # seconds after a rise in which a fall is blamed on it
TRIAL_BLIND = 10.0  # the same, of a first picture: so thin, it fills a line but slowly
TASTE = 1.0  # seconds after a rise until the next train: first what was won has to flow
CALM = 2.0  # seconds since the last fall: queues are empty again, and reports have said so
FIRST_WAIT = 1.0  # seconds after a failure; then doubled
LONGEST_WAIT = 4.0  # after trains that failed: with three trains the better layer is there in 10 s
LONGEST_REST = 8.0
"""Of a room without a picture: one tried in vain delays voice and ink by a second, but a line that
has grown shows its picture within ten."""
QUIET = 30.0
"""Seconds for which a thin line is left in peace when all that is live comes (again): what was
missed comes beside it, or its last seconds do."""
DOUBT = 2  # more trains that must agree, one for each better layer in a row that failed: it is seen


class Prober:
    """Probes one line for as long as its subscriber would be shown more than fits."""

    def __init__(self) -> None:
        self.wait = FIRST_WAIT
        self.target = 0
        """bit/s that the present train adds up to; 0 between trains."""
        self._before = self._known = self._blind = 0
        self._base = 0.0
        self._sent = self._doubt = self._agreeing = 0
        self._began_at = self._ends_at = 0.0
        self._next_at = 0.0
        self._raised_at = self._judged_at = float("-inf")
        self._blind_at = float("-inf")
        """When a first picture was tried that is still on trial."""
        self._heard_at = float("inf")
        """When there was the last sign of life."""
        self._rest = FIRST_WAIT
        self.rests_until = float("-inf")
        """Until when it is left in peace."""

    def rest(self, now: float) -> None:
        """This line is known to be thin, and more than a picture is new on it: try nothing yet."""
        self._next_at = self.rests_until = now + QUIET
        self._rest = LONGEST_REST

    def proved(self, estimate: Estimate) -> int:
        """Bit/s of the estimate, without what is only being tried."""
        return min(estimate.bps, self._before) if self._raised_at > 0 else estimate.bps

    def begin(self, estimate: Estimate, wish: int, now: float, *, blind: int = 0) -> bool:
        """Is it time for a train?  ``wish`` is what everything would cost, in bit/s.

        ``blind``: what the poorest picture would, tried itself where there is nothing to copy.
        """
        self._judge(estimate, now)
        early = now < self._next_at or now - estimate.cut_at < CALM
        early = early or now - self._heard_at > SILENT
        if self.target or early or wish <= estimate.bps:
            return False
        if self._raised_at < 0:
            self._before = min(estimate.bps, int(SLACK * estimate.sent) + BOARD)
        self._known = max(estimate.bps, int(estimate.sent))
        self._blind = max(blind, int(MORE * self._known))
        self.target = int(min(FACTOR * self._known, 1.01 * wish / SURE))
        excess = max(self.target / self._known - 1, DELAY / LONGEST)
        self._base, self._sent = estimate.sent, 0
        estimate.testing = True
        self._began_at, self._ends_at = now, now + DELAY / excess
        return True

    def owed(self, now: float, *, ahead: float) -> int:
        """Octets of copies to be sent now, so that the train goes on ``ahead`` seconds from now."""
        if not self.target or now >= self._ends_at:
            return 0
        until = min(now + ahead, self._ends_at) - self._began_at
        return max(0, int((self.target - self._base) * until / 8) - self._sent)

    def sent(self, octets: int, estimate: Estimate, now: float) -> None:
        """So much was really sent; nothing at all means there was nothing to copy."""
        self._sent += octets
        if not self._sent:
            self._agreeing = self._doubt  # no train has seen anything that another could confirm
            self._succeed(min(self.target, int(self._blind / SURE) + 1), estimate, now)
            self._next_at, self._blind_at = now + TRIAL, now

    def heed(self, estimate: Estimate, now: float, *, reported_at: float, heard_at: float) -> None:
        """Look whether the train was held up on its way."""
        self._heard_at = heard_at
        self._judge(estimate, now)
        if not self.target or now < self._ends_at + max(ECHO, estimate.trips.shortest):
            return
        if reported_at > self._ends_at + estimate.trips.shortest:
            late = max(0.0, estimate.trips.rtt - estimate.trips.ordinary)
            lasted = self._ends_at - self._began_at
            self._conclude(int(self.target * lasted / (lasted + late)), estimate, now)
        elif now > self._ends_at + VERDICT and heard_at > self._ends_at:
            self._succeed(self.target, estimate, now)
        elif now > self._ends_at + SILENT:
            estimate.reduce(self.proved(estimate), now)
            self._fail(estimate, now)

    def _conclude(self, shown: int, estimate: Estimate, now: float) -> None:
        """The line has stretched the train to what it carries."""
        whole = shown > WHOLE * self.target
        if not whole and shown < MORE * self._known:
            self._fail(estimate, now)
            return
        self._succeed(shown, estimate, now)
        if not whole:
            self._next_at = now + self.wait

    @property
    def ended_at(self) -> float:
        """When the present train ends: a sender report at that moment measures its delay."""
        return self._ends_at if self.target else float("inf")

    def _judge(self, estimate: Estimate, now: float) -> None:
        """A fall of the estimate during a train or a trial is a failure; so is a late report."""
        estimate.tried = self.target > 0 or self._raised_at > 0
        blind = now - self._blind_at < TRIAL_BLIND
        told = not blind or estimate.reported_at > self._blind_at  # a voice alone is seldom told of
        if self._raised_at > 0 and told and not self.target and estimate.trips.late:
            estimate.reduce(self._before, now)
        if estimate.cut_at > self._judged_at:
            self._judged_at = estimate.cut_at
            if self.target:
                self._fail(estimate, now)
            elif now - self._raised_at < (TRIAL_BLIND if blind else TRIAL):
                self._doubt = min(DOUBT, self._doubt + (not blind))
                self._fail(estimate, now)
            else:  # it is over, however late the report: or we would cut for ever
                self._raised_at = float("-inf")
            if blind:
                self._take_back(now)
        elif not (self.target or blind) and self._stood(estimate) > TRIAL:
            estimate.prove(int(estimate.sent))
            if self._raised_at > 0:
                self.wait, self._doubt, self._raised_at = FIRST_WAIT, 0, float("-inf")
            if self._blind_at > 0:
                self._rest, self._blind_at = FIRST_WAIT, float("-inf")

    def _stood(self, estimate: Estimate) -> float:
        """Seconds for which nobody has spoken against what was tried, though there was somebody."""
        return self._heard_at - max(self._ends_at, estimate.cut_at)

    def _take_back(self, now: float) -> None:
        """Not even the first picture fits."""
        self._next_at, self._blind_at = now + self._rest, float("-inf")
        self._rest = min(LONGEST_REST, 2 * self._rest)

    def _succeed(self, shown: int, estimate: Estimate, now: float) -> None:
        self.target, estimate.testing = 0, False
        self._next_at = now + TASTE
        self._agreeing += 1
        if self._agreeing > self._doubt:
            estimate.prove(int(SURE * shown))
            self._agreeing, self._raised_at = 0, now

    def _fail(self, estimate: Estimate, now: float) -> None:
        estimate.restore(self._before)
        self.target, estimate.testing = 0, False
        self._next_at = now + self.wait
        self.wait = min(LONGEST_WAIT, 2 * self.wait)
        self._agreeing, self._raised_at = 0, float("-inf")
