"""A part of the picture, in whole pixels: what has to be drawn and converted anew."""

from collections.abc import Iterable
from typing import NamedTuple, Self

WIDTH, HEIGHT = 1920, 1080


class Region(NamedTuple):
    """Even numbers, so that it is whole in the half as fine planes of colour, too."""

    left: int
    top: int
    right: int
    bottom: int

    @classmethod
    def around(cls, left: float, top: float, right: float, bottom: float) -> Self | None:
        """What of these pixels lies in the picture; None where nothing does."""
        x, y = max(0, int(left) // 2 * 2), max(0, int(top) // 2 * 2)
        to_x, to_y = (
            min(WIDTH, -(-int(right + 1) // 2) * 2),
            min(HEIGHT, -(-int(bottom + 1) // 2) * 2),
        )
        return cls(x, y, to_x, to_y) if x < to_x and y < to_y else None

    @property
    def slices(self) -> tuple[slice, slice]:
        """Rows and columns of an array."""
        return slice(self.top, self.bottom), slice(self.left, self.right)

    @property
    def halves(self) -> tuple[slice, slice]:
        """Rows and columns of an array of half the size."""
        return slice(self.top // 2, self.bottom // 2), slice(self.left // 2, self.right // 2)


ALL = Region(0, 0, WIDTH, HEIGHT)


def together(parts: Iterable[Region | None]) -> Region | None:
    """The smallest that holds them all."""
    there = [part for part in parts if part]
    if not there:
        return None
    lefts, tops, rights, bottoms = zip(*there, strict=True)
    return Region(min(lefts), min(tops), max(rights), max(bottoms))
