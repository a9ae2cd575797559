"""How often a client hears of new ink: seldom where its line is weak."""

from synclass.inclass.attendance import LinkReport

FASTEST = 0.05  # seconds; 20 frames a second keep ink flowing and cost 9 kbit/s (measured)
_STEPS = ((150, 2, FASTEST), (300, 5, 0.1), (600, 15, 0.2))
SLOWEST = 0.4


def tick_for(report: LinkReport) -> float:
    """Seconds between two frames of ink, from what the client says of its line."""
    for rtt, loss, tick in _STEPS:
        if report.rtt <= rtt and report.loss <= loss:
            return tick
    return SLOWEST
