"""The lines of village schools, one table: what a packet meets on its way down and up."""

from typing import NamedTuple

KBIT, MBIT = 1e3, 1e6


class Outage(NamedTuple):
    """Nothing passes for ``length`` seconds from ``at`` on, and again ``every`` so many (0: once).

    Seconds count from the opening of the link.
    """

    at: float
    length: float
    every: float = 0.0


class Way(NamedTuple):
    """One direction of a link.  Seconds, bit/s, shares of one."""

    rate: float = 0.0
    """0: no limit.  IP and UDP headers count."""
    delay: float = 0.0
    jitter: float = 0.0
    """Standard deviation; order is kept all the same."""
    loss: float = 0.0
    burst: float = 0.0
    """Mean seconds of a burst in which all is lost; 0: each packet by its own luck.

    By time, not by packets: else a burst that meets a sender who backs off never ends.
    """
    reorder: float = 0.0
    """Share of packets that are overtaken by those of the next LATE seconds."""
    buffer: float = 0.3
    """Seconds of the rate that wait in the router; what comes then is dropped."""
    outages: tuple[Outage, ...] = ()


class Profile(NamedTuple):
    """A room's link: ``down`` to it, ``up`` from it."""

    down: Way
    up: Way


def _both(down: float, up: float, **same: float | tuple[Outage, ...]) -> Profile:
    return Profile(Way(down, **same), Way(up, **same))  # type: ignore[arg-type]


BURST = 0.2  # seconds; a microwave oven's or a busy channel's
FLAPS = (Outage(12, 3, every=30), Outage(150, 45), Outage(400, 300))
CLEAN = Profile(Way(), Way())
PROFILES = {
    "county-lan": _both(0, 0, delay=0.002),
    "fibre-shared": _both(20 * MBIT, 10 * MBIT, delay=0.015, jitter=0.005, loss=0.001),
    "school-adsl": _both(2 * MBIT, 512 * KBIT, delay=0.03, jitter=0.01, loss=0.005, buffer=0.5),
    "wifi-crowded": _both(
        6 * MBIT, 3 * MBIT, delay=0.01, jitter=0.015, loss=0.1, burst=BURST, reorder=0.01
    ),
    "4g-edge": _both(
        1 * MBIT,
        300 * KBIT,
        delay=0.06,
        jitter=0.04,
        loss=0.03,
        burst=BURST,
        outages=(Outage(30, 2, every=60),),
    ),
    "thin-500": _both(500 * KBIT, 200 * KBIT, delay=0.05, jitter=0.02, loss=0.01),
    "thin-200": _both(200 * KBIT, 100 * KBIT, delay=0.075, jitter=0.03, loss=0.02),
    "floor-100": _both(100 * KBIT, 64 * KBIT, delay=0.1, jitter=0.03, loss=0.05),
    "loss-20": _both(1 * MBIT, 500 * KBIT, delay=0.1, jitter=0.01, loss=0.2),
    "loss-30": _both(1 * MBIT, 500 * KBIT, delay=0.1, jitter=0.01, loss=0.3),
    "geo-sat": _both(2 * MBIT, 512 * KBIT, delay=0.3, jitter=0.02, loss=0.01),
    "flapping": _both(2 * MBIT, 1 * MBIT, delay=0.04, jitter=0.01, loss=0.005, outages=FLAPS),
}
