"""From a stroke's points to its outline: how ink looks where no browser paints it.

The twin of web/src/board/corners.ts and way.ts, and the corners of perfect-freehand: a page on
paper is the page that was on the screen.  Points of the plane are complex numbers.
"""

from cmath import exp
from collections.abc import Iterable, Iterator, Sequence
from math import pi
from typing import NamedTuple

from synclass.ink import Point
from synclass.marks import UNIT, Pen

FOLLOW = 0.745  # how far each spot goes towards the pen: smooth, and never behind it for long
THINNING = 0.5  # how much of the width the pressure decides
APART = 0.5  # of the width: corners of a side that are nearer to one another are left out
TAIL = 3.0  # pixels before the end whose spots are passed over: the end is round
THINNEST = 0.01  # pixels
DENSEST, SPARSEST = 0.6, 2.0  # pixels between corners: a round is true to a tenth of one
HALF = pi + 1e-4  # half a turn and a hair more, so that a cap closes
ROUND, END = 13, 29  # corners of half a turn, and of the turn and a half around the end
BETWEEN = 0.5  # the pressure of what is put between the two points of a short line
ASIDE = 1 + 1j  # pixels from a single point to its other end


class Spot(NamedTuple):
    """A place the pen came through, smoothed."""

    at: complex
    pressure: float
    back: complex
    """One pixel towards the spot before."""
    along: float
    """Pixels from the beginning."""


def outline(pen: Pen, points: Sequence[Point], width: float) -> list[complex]:
    """The corners of an outline so many pixels wide, once around; as many as an eye can tell."""
    near = min(SPARSEST, max(DENSEST, width / 6))
    kept: list[complex] = []
    for corner in _around(pen, points, width):
        if not kept or abs(corner - kept[-1]) >= near:
            kept.append(corner)
    return kept


def _around(pen: Pen, points: Sequence[Point], size: float) -> list[complex]:
    spots = list(_spots(points, size))
    if not spots:
        return []
    thinning = 0.0 if pen.tool == "highlighter" else THINNING
    radii = [max(THINNEST, size * (0.5 - thinning * (0.5 - spot.pressure))) for spot in spots]
    begin, end = spots[0].at, spots[-1].at
    if len(spots) == 1:
        return _turned(begin + radii[0] * (1 - 1j) / abs(1 - 1j), begin, _steps(2, ROUND))
    sides = _Sides(spots[0], (size * APART) ** 2)
    for n, radius in enumerate(radii[:-1]):
        if spots[-1].along - spots[n].along >= TAIL:
            sides.pass_by(n, spots[n], spots[n + 1].back, radius)
    sides.finish(spots[-1], radii[-1])
    tip = _turned(end + 1j * spots[-1].back * radii[-1], end, _steps(3, END))
    start = _turned(sides.right[0], begin, _steps(1, ROUND))
    return [*sides.left, *tip, *reversed(sides.right), *start]


class _Sides:
    """The corners left and right of the pen's way, as it goes on."""

    def __init__(self, first: Spot, apart: float) -> None:
        self.left: list[complex] = []
        self.right: list[complex] = []
        self._apart = apart
        self._kept = [first.at, first.at]
        self._back = first.back
        self._sharp = False

    def pass_by(self, n: int, spot: Spot, then: complex, radius: float) -> None:
        """Go through the n-th spot; ``then`` is the way back from the one after it."""
        turn = _dot(spot.back, then)
        if self._bends(spot, radius) or turn < 0:
            self._round(spot, radius)
            self._sharp = turn < 0
            return
        self._sharp = False
        across = -1j * (then + (spot.back - then) * turn) * radius
        for i, side, corner in (
            (0, self.left, spot.at - across),
            (1, self.right, spot.at + across),
        ):
            if n <= 1 or abs(self._kept[i] - corner) ** 2 > self._apart:
                side.append(corner)
                self._kept[i] = corner
        self._back = spot.back

    def finish(self, spot: Spot, radius: float) -> None:
        if self._bends(spot, radius):
            self._round(spot, radius)
            return
        across = -1j * spot.back * radius
        self.left.append(spot.at - across)
        self.right.append(spot.at + across)

    def _bends(self, spot: Spot, radius: float) -> bool:
        """Whether the way has turned back since the spot before."""
        return not self._sharp and _dot(spot.back, self._back) < 0

    def _round(self, spot: Spot, radius: float) -> None:
        across = -1j * self._back * radius
        steps = [0.0, *_steps(1, ROUND)]
        self.left += _turned(spot.at - across, spot.at, steps)
        self.right += _turned(spot.at + across, spot.at, [-step for step in steps])
        self._kept = [self.left[-1], self.right[-1]]


def _spots(points: Sequence[Point], size: float) -> Iterator[Spot]:
    """The pen's way, smoothed; what is nearer to the beginning than the pen is wide is left out."""
    way = _way(points)
    if not way:
        return
    (before, pressure), last = way[0], len(way) - 1
    along, found = 0.0, list[Spot]()
    for n, (to, pressed) in enumerate(way[1:], 1):
        at = to if n == last else before + (to - before) * FOLLOW
        if at == before:
            continue
        along += abs(at - before)
        if found or n == last or along >= size:
            found.append(Spot(at, pressed, (before - at) / abs(before - at), along))
            before = at
    yield Spot(way[0][0], pressure, found[0].back if found else 0j, 0.0)
    yield from found


def _way(points: Sequence[Point]) -> list[tuple[complex, float]]:
    """Where the pen was, in pixels, and how it was pressed; a short line is made longer."""
    way = [(complex(x, y) / UNIT, p / 31) for x, y, p in points]
    if len(way) == 2:
        (first, pressed), (last, _) = way
        return [
            (first, pressed),
            *((first + (last - first) * n / 4, BETWEEN) for n in range(1, 5)),
        ]
    if len(way) == 1:
        way.append((way[0][0] + ASIDE, way[0][1]))
    return way


def _dot(one: complex, other: complex) -> float:
    return (one * other.conjugate()).real


def _steps(turns: int, count: int) -> list[float]:
    """Parts of so many half turns, from the first step to the whole."""
    return [turns * n / count for n in range(1, count + 1)]


def _turned(what: complex, around: complex, halves: Iterable[float]) -> list[complex]:
    return [around + (what - around) * exp(1j * HALF * half) for half in halves]
