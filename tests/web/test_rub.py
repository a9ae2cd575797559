"""The eraser takes the points it passes over, and no others."""

import math
import random

from .browser import browser

Spot = tuple[float, float]
REACH = 72.0  # units, 18 pixels


def test_what_the_eraser_passes_over_is_taken_and_the_rest_stays() -> None:
    line = [(40.0 * n, 0.0) for n in range(20)]
    [spans] = browser([("rubbed", line, (400.0, -500.0), (400.0, 500.0), REACH)])
    assert spans == [9, 12]


def test_a_dab_of_the_eraser_takes_what_lies_under_it() -> None:
    line = [(40.0 * n, 0.0) for n in range(20)]
    [spans] = browser([("rubbed", line, (0.0, 0.0), (0.0, 0.0), REACH)])
    assert spans == [0, 2]


def test_an_eraser_that_passes_between_two_points_of_a_quick_stroke_takes_the_nearer() -> None:
    quick = [(400.0 * n, 0.0) for n in range(5)]
    way = ((550.0, -500.0), (550.0, 500.0))
    [spans] = browser([("rubbed", quick, *way, REACH)])
    assert spans == [1, 2]


def test_nothing_is_taken_that_the_eraser_did_not_come_near_to() -> None:
    dice = random.Random(7)
    questions, strokes, wanted = [], list[list[Spot]](), list[set[int]]()
    for _ in range(200):
        stroke = [(dice.uniform(0, 800), dice.uniform(0, 800)) for _ in range(dice.randrange(1, 9))]
        way = tuple((dice.uniform(0, 800), dice.uniform(0, 800)) for _ in range(2))
        strokes.append(stroke)
        questions.append(("rubbed", stroke, *way, REACH))
        wanted.append({n for n, spot in enumerate(stroke) if _away(spot, *way) < REACH})
    for stroke, spans, near in zip(strokes, browser(questions), wanted, strict=True):
        taken = {n for a, b in zip(spans[::2], spans[1::2], strict=True) for n in range(a, b)}
        assert near <= taken
        assert near or len(taken) <= max(0, len(stroke) - 1)


def test_a_stroke_out_of_reach_is_whole() -> None:
    line = [(40.0 * n, 0.0) for n in range(20)]
    assert browser([("rubbed", line, (0.0, 200.0), (800.0, 200.0), REACH)]) == [[]]


def test_a_point_left_alone_between_two_cuts_goes_with_them() -> None:
    assert browser([("crumbs", 9, [1, 4, 5, 8])]) == [[0, 4, 8]]


def test_a_dot_nobody_cut_is_no_crumb() -> None:
    assert browser([("crumbs", 1, []), ("crumbs", 9, [2, 4])]) == [[], []]


def _away(spot: Spot, a: Spot, b: Spot) -> float:
    """By trying, and so not as the browser reckons it."""
    tries = (
        (a[0] + (b[0] - a[0]) * n / 1000, a[1] + (b[1] - a[1]) * n / 1000) for n in range(1001)
    )
    return min(math.dist(spot, place) for place in tries)
