"""A whole page as a drawing: its paper, its sheet of courseware, and its marks upon them."""

from collections.abc import Iterable, Iterator, Sequence

from synclass.inclass.pages import Paper
from synclass.ink import Point, decode_stroke
from synclass.marks import UNIT, Formula, Ink, Page, Pen, Picture, Shape, Text

from .backgrounds import background
from .book import Leaf
from .drawing import (
    HEIGHT,
    HIGHLIGHT,
    INKS,
    PAPER,
    WIDTH,
    Fill,
    Group,
    Item,
    Path,
    Sheet,
    box,
    curve,
)
from .formulas import formula
from .look import Look, look, rest
from .outline import outline
from .shapes import shape
from .words import text

PRESSED = 0.65  # of the width of chalk: beyond it, only dust


def drawing(leaf: Leaf) -> list[Item]:
    """What is to be seen, the lowest first."""
    return [*ground(leaf.paper), *_marks(leaf.page), *_marks(leaf.traces)]


def ground(paper: Paper) -> list[Item]:
    """What the marks lie upon."""
    items: list[Item] = [Fill(box(0, 0, WIDTH, HEIGHT), PAPER), *background(paper.background)]
    if paper.sheet:
        items.append(Sheet(0, 0, WIDTH, HEIGHT, paper.sheet, whole=True))
    return items


def _marks(page: Page) -> Iterator[Item]:
    for number, mark in page.marks.items():
        if seen := look(number, page, mark):
            yield from placed(seen)


def placed(seen: Look) -> Iterator[Item]:
    """A mark as it looks, where it lies."""
    if seen.matrix is None:
        yield from _body(seen)
    else:
        a, b, c, d, e, f = seen.matrix
        yield Group((a, b, c, d, e / UNIT, f / UNIT), list(_body(seen)))


def _body(seen: Look) -> Iterator[Item]:
    match seen.body:
        case Ink() as body:
            yield from _ink(body, seen)
        case Shape() as body:
            yield from shape(body, INKS[_colour(seen, body.pen.colour)])
        case Text() as body:
            said = body.text if seen.text is None else seen.text
            yield from text(body, said, _colour(seen, body.colour))
        case Formula() as body:
            yield formula(body, seen, INKS[_colour(seen, body.colour)])
        case Picture(area, name):
            x, y, width, height = (value / UNIT for value in area)
            yield Sheet(x, y, width, height, name)


def _ink(body: Ink, seen: Look) -> Iterator[Item]:
    runs = rest(decode_stroke(body.ink), seen.cuts)
    yield from written(body.pen, runs, INKS[_colour(seen, body.pen.colour)])


def written(pen: Pen, runs: Sequence[Sequence[Point]], colour: str) -> Iterator[Item]:
    """Runs of points as a pen wrote them."""
    width = pen.width / UNIT
    if pen.tool == "chalk":
        yield Fill(_path(pen, runs, width), colour, grain="edge")
        yield Fill(_path(pen, runs, width * PRESSED), colour, grain="middle")
    else:
        yield Fill(_path(pen, runs, width), colour, HIGHLIGHT if pen.tool == "highlighter" else 1.0)


def _path(pen: Pen, runs: Iterable[Sequence[Point]], width: float) -> Path:
    return [part for run in runs for part in curve(outline(pen, run, width))]


def _colour(seen: Look, own: int) -> int:
    """Colours beyond the palette are dark."""
    colour = own if seen.colour is None else seen.colour
    return colour if 0 <= colour < len(INKS) else 0
