"""How a mark looks now: its body, and what the edits that are on make of it; twin of look.ts."""

from collections.abc import Iterable, Sequence
from math import isfinite
from typing import NamedTuple

from synclass.ink import Point
from synclass.marks import Body, Cut, Hide, Mark, Matrix, Page, Place, Rewrite, Tint


class Look(NamedTuple):
    body: Body
    matrix: Matrix | None = None
    colour: int | None = None
    text: str | None = None
    outline: bytes = b""
    """Of a formula that was written anew."""
    cuts: tuple[tuple[int, int], ...] = ()
    """Points of the ink that are erased, from..to-1: rising and apart."""


def look(number: int, page: Page, mark: Mark) -> Look | None:
    """None where nothing of it is to be seen, or it was moved out of all numbers."""
    if not page.is_on(mark.op):
        return None
    seen, spans = Look(mark.body), list[tuple[int, int]]()
    for change in mark.changes:
        if not page.is_on(change.op):
            continue
        match change.edit:
            case Hide():
                return None
            case Place(by):
                seen = seen._replace(matrix=after(seen.matrix, by))
            case Tint(colour):
                seen = seen._replace(colour=colour)
            case Rewrite(text, outline):
                seen = seen._replace(text=text, outline=outline)
            case Cut(pieces):
                spans += [(start, end) for cut, start, end in pieces if cut == number]
    if seen.matrix and not all(map(isfinite, seen.matrix)):
        return None
    return seen._replace(cuts=tuple(_joined(spans)))


def after(first: Matrix | None, then: Matrix) -> Matrix:
    """One matrix applied after another."""
    if first is None:
        return then
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (
        *(p * a + r * b, q * a + s * b),
        *(p * c + r * d, q * c + s * d),
        *(p * e + r * f + t, q * e + s * f + u),
    )


def rest(points: Sequence[Point], cuts: Iterable[tuple[int, int]]) -> list[Sequence[Point]]:
    """What the cuts leave of some points, run by run."""
    runs, at = list[Sequence[Point]](), 0
    for start, end in cuts:
        runs.append(points[at:start])
        at = end
    return [run for run in (*runs, points[at:]) if run]


def _joined(spans: list[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    start = end = -1
    for begins, ends in sorted(spans):
        if begins > end:
            if end > start:
                yield start, end
            start, end = begins, ends
        end = max(end, ends)
    if end > start:
        yield start, end
