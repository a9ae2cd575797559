"""A pen in a robot's hand: a stroke's corners become points 120 times a second, then packed ink."""

import math
from collections.abc import Iterator
from itertools import pairwise

from ...ink import TICK, UNIT, Chain, Point, encode
from .glyphs import Line

BATCH = 6  # points: 50 ms of a pen, the tick of the wire
SPEED = 620.0  # pixels of the board a second in the middle of a stroke: a calm hand
SLOWEST = 0.3  # of that speed, where a stroke begins and ends
SMOOTHING = 6  # pieces between two corners
FIRM = 22  # of 31: the pressure of the middle of a stroke


def points(line: Line) -> list[Point]:
    """Where the pen is at each tick: slow and light at the ends, quick and firm between."""
    path = smooth(line)
    lengths = [math.dist(a, b) for a, b in pairwise(path)]
    whole = sum(lengths) or 1.0
    found, gone, at = [_point(path[0], 0.0)], 0.0, 0.0
    for (a, b), length in zip(pairwise(path), lengths, strict=True):
        while at < gone + length:
            share = (at - gone) / length
            where = a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share
            found.append(_point(where, at / whole))
            at += SPEED * TICK * (SLOWEST + (1 - SLOWEST) * math.sin(math.pi * at / whole))
        gone += length
    found.append(_point(path[-1], 1.0))
    return found


def batches(found: list[Point]) -> Iterator[bytes]:
    """A stroke's points as the packed batches of its commands."""
    chain = Chain()
    for start in range(0, len(found), BATCH):
        yield encode(chain, found[start : start + BATCH], first=start == 0)


def smooth(line: Line) -> list[tuple[float, float]]:
    """A Catmull-Rom curve through the corners: no hand turns a sharp one."""
    padded = (line[0], *line, line[-1])
    path = [line[0]]
    for before, a, b, after in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for n in range(1, SMOOTHING + 1):
            t = n / SMOOTHING
            path.append(
                (
                    _between(before[0], a[0], b[0], after[0], t),
                    _between(before[1], a[1], b[1], after[1], t),
                )
            )
    return path


def _between(before: float, a: float, b: float, after: float, t: float) -> float:
    bend = 2 * before - 5 * a + 4 * b - after
    turn = 3 * (a - b) + after - before
    return a + 0.5 * t * (b - before + t * (bend + t * turn))


def _point(where: tuple[float, float], share: float) -> Point:
    x, y = (max(0, min(8191, round(value * UNIT))) for value in where)
    pressure = round(FIRM * (0.35 + 0.65 * math.sin(math.pi * min(1.0, share)) ** 0.5))
    return x, y, pressure
