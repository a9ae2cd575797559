"""Draws coordinate axes: a cross, or one quadrant; a flat one is a number line; twin of axes.ts."""

from collections.abc import Iterator
from math import ceil, copysign, floor

from .drawing import Item, Line, Path, Words, line

STEP = 60  # board pixels to one: as wide as the squares of squared paper
TICK = 8  # half its length
HEAD = 16
LABEL = 22  # height of the figures
FLAT = 3 * STEP  # lower than this, there is no room for a y axis
TOP, MIDDLE = 0.88, 0.38  # heights of the letters from their top, and middle, to their base


def axes(
    area: tuple[float, float, float, float], *, cross: bool, colour: str, width: float
) -> Iterator[Item]:
    left, top, right, bottom = area
    flat = bottom - top < FLAT
    x = (left + right) / 2 if cross else left + STEP
    y = (top + bottom) / 2 if cross or flat else bottom - STEP

    def drawn(path: Path) -> Line:
        return Line(path, colour, width, soft=True)

    yield drawn(_along(left, y, right, y))
    across = _steps(left - x, right - x - HEAD - 4, 0 if flat else 1)
    yield drawn([part for n in across for part in line(x + n * STEP, y - TICK, x + n * STEP, y)])
    for n in across:
        yield Words(
            x + n * STEP, y + TICK + TOP * LABEL, _figure(n), LABEL, colour, anchor="middle"
        )
    if flat:
        return
    yield drawn(_along(x, bottom, x, top))
    up = _steps(y - bottom, y - top - HEAD - 4, 1)
    yield drawn([part for n in up for part in line(x, y - n * STEP, x + TICK, y - n * STEP)])
    for n in up:
        base = y - n * STEP + MIDDLE * LABEL
        yield Words(x - TICK, base, _figure(n), LABEL, colour, anchor="end")
    below, beside = y + TICK + TOP * LABEL, top + LABEL / 2 + MIDDLE * LABEL
    yield Words(right - LABEL / 2, below, "x", LABEL, colour, anchor="middle")
    yield Words(x - TICK - 4, beside, "y", LABEL, colour, anchor="end")
    yield Words(x - TICK, below, "O", LABEL, colour, anchor="end")


def _along(x: float, y: float, to_x: float, to_y: float) -> Path:
    """One axis, with an arrow's head at its end."""
    dx = copysign(HEAD, to_x - x) if to_x != x else 0.0
    dy = copysign(HEAD, to_y - y) if to_y != y else 0.0
    head = (to_x - dx - dy / 2, to_y - dy + dx / 2, to_x, to_y)
    return line(x, y, to_x, to_y) + line(*head, to_x - dx + dy / 2, to_y - dy - dx / 2)


def _steps(first: float, last: float, least: int) -> list[int]:
    """``least`` of the figures: a number line has its zero, a cross has an O there."""
    steps = range(ceil(first / STEP), floor(last / STEP) + 1)
    return [n for n in steps if abs(n) >= least]


def _figure(n: int) -> str:
    return f"\u2212{-n}" if n < 0 else str(n)
