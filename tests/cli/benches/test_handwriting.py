"""The benches' handwriting is a hand's: slow at both ends, trembling, the same every time."""

import random
from itertools import pairwise
from math import dist

from synclass.cli.benches.handwriting import (
    HEIGHT,
    HEIGHT_OF_LETTERS,
    NEAR,
    SPEED,
    WIDTH,
    page,
    pen,
    points,
    writing,
)
from synclass.ink import TICK, UNIT

from ...web.browser import browser


def hands(count: int, seed: int = 1) -> list[list[tuple[float, float, float]]]:
    dice = random.Random(seed)
    lines = writing(dice, HEIGHT_OF_LETTERS)
    return [pen(next(lines), dice) for _ in range(count)]


def test_a_hand_is_quick_in_the_middle_of_a_stroke_and_slow_at_its_ends() -> None:
    longest = max(hands(100), key=len)
    steps = [dist(a[:2], b[:2]) / TICK for a, b in pairwise(longest)]
    assert max(steps) > 1.5 * SPEED
    assert steps[0] < SPEED / 2 and steps[-1] < SPEED / 2


def test_the_same_seed_writes_the_same() -> None:
    assert hands(20) == hands(20) != hands(20, seed=2)


def test_a_page_holds_as_many_strokes_as_were_asked_for_and_they_lie_on_it() -> None:
    lines = page(random.Random(1), 2000)
    assert len(lines) == 2000
    assert len(set(lines)) == 2000, "none lies upon another"
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for line in lines for x, y in line)


def test_no_point_is_further_from_the_hand_than_the_board_allows() -> None:
    for hand in hands(50):
        for (x, y, _), spot in zip(points(hand), hand, strict=True):
            assert dist((x / UNIT, y / UNIT), spot[:2]) <= NEAR


def test_a_hand_of_the_benches_writes_what_the_browser_would() -> None:
    """Reports at the tick itself; the browser adds where the pen was lifted."""
    for hand in hands(20):
        reports = [(n * TICK * 1000, x, y, p) for n, (x, y, p) in enumerate(hand)]
        reports.append((reports[-1][0] + 1e-6, *hand[-1]))
        [found] = browser([("resample", reports)])
        ours = [[x, y] for x, y, _ in points(hand)]
        wrong = sum(a != [b[0], b[1]] for a, b in zip(ours, found, strict=False))
        assert wrong <= len(ours) / 10, "ticks fall between two reports by a rounding"
