"""Resends with bounds, or a full link would be filled again."""

SIZE = 1024  # numbers whose tries are remembered: twice what a stream keeps
TIMES = 4  # a packet that four resends did not bring will not come
GAP = 0.03  # seconds times the resends so far: one round trip must pass before the next
SHARE = 0.25  # of what the subscriber can take; without it 21,648 packets were lost in 8 s
LINK_BPS = 1_000_000  # what it can take, until it says so with its first REMB after 3-5 s
FLOOR_BPS = 100_000  # an estimate may be far too low; this much it always gets
BURST = 0.2  # seconds of debt before resends are refused


class Tries:
    """How often each packet was sent again.  Of the oldest of more than SIZE nothing is known."""

    def __init__(self) -> None:
        self._tried: dict[int, tuple[int, int]] = {}

    def begin(self, number: int, now: float) -> bool:
        """It is asked for.  True: for the first time."""
        if number in self._tried:
            return False
        self._remember(number, 0, _ms(now))
        return True

    def may(self, number: int, now: float) -> bool:
        """May it be sent again now?  Counts as done, if so.  Numbers do not wrap."""
        ms = _ms(now)
        times, at = self._tried.pop(number, (0, ms))
        good = times < TIMES and (ms - at) / 1000 >= GAP * times
        self._remember(number, times + good, ms if good else at)
        return good

    def _remember(self, number: int, times: int, at: int) -> None:
        self._tried[number] = times, at
        if len(self._tried) > SIZE:
            del self._tried[next(iter(self._tried))]


def _ms(now: float) -> int:
    """Whole milliseconds, as the plane in C keeps them."""
    return int(now * 1000)


class Allowance:
    """How much of one subscriber's link resends may take: SHARE of it, BURST seconds in advance."""

    def __init__(self) -> None:
        self._debt = 0.0
        self._at = 0.0

    def spend(self, octets: int, link_bps: int, now: float) -> bool:
        """May this many bytes be sent again?  ``link_bps``: its last REMB, 0 before the first."""
        debt = max(0.0, self._debt - (now - self._at))
        self._debt, self._at = debt, now
        if debt > BURST:
            return False
        self._debt += octets * 8 / (SHARE * max(link_bps or LINK_BPS, FLOOR_BPS))
        return True
