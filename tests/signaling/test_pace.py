import pytest

from signaling.pace import tick_for
from synclass.inclass.attendance import LinkReport


@pytest.mark.parametrize(
    ("rtt", "loss", "tick"),
    [(20, 0, 0.05), (200, 0, 0.1), (20, 5, 0.1), (500, 10, 0.2), (900, 0, 0.4), (20, 30, 0.4)],
)
def test_the_weaker_the_line_the_slower_the_ink(rtt: int, loss: int, tick: float) -> None:
    assert tick_for(LinkReport(True, True, 0, loss, rtt)) == tick
