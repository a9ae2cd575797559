"""Ink on paper has the outline that it has on the screen, corner by corner."""

import random
from math import cos, sin

import pytest

from recorder.paper.outline import DENSEST, SPARSEST, THINNING, outline
from synclass.ink import Point
from synclass.marks import UNIT, Pen

from ...web.browser import browser

PENS = [Pen("pen", 0, 12), Pen("highlighter", 3, 120), Pen("chalk", 1, 60), Pen("pen", 5, 255)]
Stroke = list[Point]
Spot = tuple[float, float, float]


def written(dice: random.Random) -> Stroke:
    """A hand that swings, with pressure that comes and goes."""
    x, y, turn, speed = 2000.0, 2000.0, dice.random() * 6, dice.choice((4, 15, 60, 200))
    points = []
    for n in range(dice.randrange(2, 90)):
        turn += dice.gauss(0, 0.5)
        x, y = x + speed * cos(turn), y + speed * sin(turn)
        points.append((round(x), round(y), min(31, max(0, round(16 + 12 * sin(n / 9))))))
    return points


def odd(dice: random.Random) -> Stroke:
    """There and back again, a dot, the same point for long, two points."""
    back = [(1000 + 40 * (n % 7), 1000, 20) for n in range(40)]
    still = [(500, 500, 9)] * 30
    return dice.choice(([(7, 9, 31)], [(0, 0, 5), (90, 10, 30)], still, back, still + back))


STROKES = [written(random.Random(seed)) for seed in range(150)]
STROKES += [odd(random.Random(seed)) for seed in range(50)]


def test_every_corner_is_where_the_browser_has_it() -> None:
    asked = [(pen, stroke, pen.width / UNIT) for stroke in STROKES for pen in PENS]
    answers = browser([("corners", list(_plain(pen)), *rest) for pen, *rest in asked])
    corners = 0
    for (pen, stroke, width), theirs in zip(asked, answers, strict=True):
        ours = outline(pen, stroke, width)
        assert _flat(ours) == pytest.approx(theirs, abs=1e-6), (pen, stroke)
        corners += len(ours)
    assert corners > 20_000


def test_ink_has_the_outline_that_perfect_freehand_gives_it() -> None:
    asked = [(pen, stroke, pen.width / UNIT) for stroke in STROKES for pen in PENS]
    answers = browser([_freehand(*one) for one in asked])
    for (pen, stroke, width), theirs in zip(asked, answers, strict=True):
        near = min(SPARSEST, max(DENSEST, width / 6))
        kept: list[complex] = []
        for x, y in theirs:
            if not kept or abs(complex(x, y) - kept[-1]) >= near:
                kept.append(complex(x, y))
        ours = _flat(outline(pen, stroke, width))
        assert ours == pytest.approx(_flat(kept), abs=1e-6), (pen, stroke)


def _flat(corners: list[complex]) -> list[float]:
    return [value for corner in corners for value in (corner.real, corner.imag)]


def _freehand(pen: Pen, stroke: Stroke, width: float) -> tuple[str, float, list[Spot], float]:
    thinning = 0.0 if pen.tool == "highlighter" else THINNING
    return "freehand", thinning, [(x / UNIT, y / UNIT, p / 31) for x, y, p in stroke], width


def _plain(pen: Pen) -> tuple[str, int, int]:
    return pen.tool, pen.colour, pen.width


def test_nothing_has_no_outline() -> None:
    assert outline(PENS[0], [], 3) == []
