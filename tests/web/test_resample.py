"""What a pen writes down does not depend on how often the pen reports."""

import math
import random
from itertools import pairwise

import pytest

from synclass.ink import TICK, UNIT

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


NEAR = 0.18  # board pixels: no point is written further from where the pen was


def hand(seed: int) -> list[Report]:
    """Reports of a trembling pen, as they come: not in step with the tick."""
    dice = random.Random(seed)
    at, x, y, reports = 0.0, dice.uniform(200, 1700), dice.uniform(200, 900), list[Report]()
    dx, dy = dice.uniform(-0.5, 0.5), dice.uniform(-0.5, 0.5)
    for _ in range(60):
        reports.append((at, x, y, dice.random()))
        step = dice.uniform(1, 20)
        at, x, y = at + step, x + dx * step + dice.gauss(0, 0.2), y + dy * step + dice.gauss(0, 0.2)
        dx, dy = 0.95 * dx + dice.gauss(0, 0.03), 0.95 * dy + dice.gauss(0, 0.03)
    return reports


def where(reports: list[Report], at: float) -> tuple[float, float]:
    """Where the pen was, on its straight way between two reports."""
    for (t, x, y, _), (u, to_x, to_y, _) in pairwise(reports):
        if t <= at <= u:
            part = (at - t) / (u - t)
            return x + (to_x - x) * part, y + (to_y - y) * part
    return reports[-1][1:3]


def test_smoothing_moves_no_point_further_than_018_pixels() -> None:
    hands = [hand(seed) for seed in range(100)]
    moved = set[bool]()
    for reports, points in zip(hands, browser([("resample", h) for h in hands]), strict=True):
        for n, (x, y, _) in enumerate(points[:-1]):
            was = where(reports, n * TICK_MS)
            assert math.dist((x / UNIT, y / UNIT), was) <= NEAR + 1e-6
            moved.add((x, y) != (round(was[0] * UNIT), round(was[1] * UNIT)))
    assert moved == {True, False}  # else nothing was smoothed


def test_smoothing_makes_a_trembling_line_more_even() -> None:
    hands = [hand(seed) for seed in range(100)]
    smooth, plain = 0.0, 0.0
    for reports, points in zip(hands, browser([("resample", h) for h in hands]), strict=True):
        ticks = [where(reports, n * TICK_MS) for n in range(len(points) - 1)]
        smooth += roughness([(x, y) for x, y, _ in points[:-1]])
        plain += roughness([(round(x * UNIT), round(y * UNIT)) for x, y in ticks])
    assert smooth < 0.97 * plain


def roughness(line: list[tuple[int, int]]) -> float:
    return sum(
        abs(a[i] - 2 * b[i] + c[i])
        for a, b, c in zip(line, line[1:], line[2:], strict=False)
        for i in (0, 1)
    )
