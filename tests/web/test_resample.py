"""What a pen writes down does not depend on how often the pen reports."""

from itertools import pairwise

import pytest

from synclass.ink import TICK

from .browser import browser

Report = tuple[float, float, float, float]
TICK_MS = TICK * 1000


def stroke(every_ms: float, last_ms: float = 400.0) -> list[Report]:
    """A straight stroke of three board pixels a millisecond, reported every so often."""
    times = [i * every_ms for i in range(int(last_ms / every_ms) + 1)]
    return [(at, 100 + 3 * at, 500.0, 0.5) for at in times]


@pytest.mark.parametrize("every_ms", [1, 4, 8, 16, 33, 100])
def test_there_is_one_point_a_tick_whatever_the_pen(every_ms: float) -> None:
    reports = stroke(every_ms)
    [points] = browser([("resample", reports)])
    steps = {after[0] - before[0] for before, after in pairwise(points[:-1])}
    assert steps == {round(3 * TICK_MS * 4)}  # quarter pixels
    assert abs(len(points) - reports[-1][0] / TICK_MS) <= 2


def test_a_stroke_ends_where_the_pen_was_lifted() -> None:
    [points] = browser([("resample", [(0.0, 10.0, 10.0, 0.5), (5.0, 12.0, 10.0, 0.5)])])
    assert points == [[40, 40, 16], [48, 40, 16]]


def test_a_dot_is_one_point() -> None:
    [points] = browser([("resample", [(0.0, 10.0, 10.0, 0.5)])])
    assert points == [[40, 40, 16]]


def test_a_pen_that_rests_is_not_waited_for_in_every_replay() -> None:
    reports = [(0.0, 10.0, 10.0, 0.5), (20.0, 11.0, 10.0, 0.5), (9000.0, 12.0, 10.0, 0.5)]
    [points] = browser([("resample", reports)])
    assert len(points) < 40


def test_ink_beside_the_board_is_brought_to_its_edge() -> None:
    [points] = browser([("resample", [(0.0, -50.0, 9000.0, 3.0)])])
    assert points == [[0, 1080 * 4, 31]]
