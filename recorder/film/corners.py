"""Which corner of each page stays free: there the teacher's picture hides nothing."""

from collections.abc import Iterator

from synclass.ink import decode_stroke
from synclass.marks import UNIT, Body, Formula, Ink, Page, Picture, Shape, Text

from .stage import CORNERS, LARGE, corner

EVERY = 4  # points of ink: a stroke that crosses a corner has more than that in it


def free(page: Page) -> str:
    """The corner in which least is written in the end."""
    taken = dict.fromkeys(CORNERS, 0)
    areas = {name: corner(name, *LARGE) for name in CORNERS}
    for mark in page.shown().values():
        for x, y in _places(mark.body):
            for name, area in areas.items():
                inside = area.left <= x < area.right and area.top <= y < area.bottom
                taken[name] += inside
    return min(CORNERS, key=lambda name: taken[name])


def _places(body: Body) -> Iterator[tuple[float, float]]:
    """Some board pixels that it covers."""
    match body:
        case Ink(_, ink):
            yield from ((x / UNIT, y / UNIT) for x, y, _ in decode_stroke(ink)[::EVERY])
        case Shape():
            yield from zip(*(_pixels(body.corners[n::2]) for n in (0, 1)), strict=False)
        case Text(area) | Picture(area):
            yield from _grid(*_pixels(area))
        case Formula(x, y, latex, size):
            yield from _grid(*_pixels((x, y, len(latex) * size // 2, size)))


def _pixels(values: list[int] | tuple[int, ...]) -> list[float]:
    return [value / UNIT for value in values]


def _grid(left: float, top: float, width: float, height: float) -> Iterator[tuple[float, float]]:
    """Places a tenth of it apart."""
    for n in range(11):
        for m in range(11):
            yield left + width * n / 10, top + height * m / 10
