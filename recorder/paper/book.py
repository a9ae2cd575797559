"""The board of a lesson as its journal tells it: pages in order, and when each stroke was begun."""

import gzip
from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec import Struct, field

from synclass import wire
from synclass.errors import Refused
from synclass.inclass.board import Board
from synclass.inclass.layers import Layers
from synclass.inclass.pages import Pages, Paper
from synclass.marks import Mark, Page
from synclass.ports import Shelf
from synclass.strokes import StrokeBegun
from synclass.toolbox import new_lesson
from synclass.words import LessonId

Sheets = Callable[[str], bytes | None]
"""The SVG or WebP of a page of courseware by its name, or None where it is not kept."""


class Leaf(Struct, frozen=True):
    page: Page
    paper: Paper
    traces: Page = field(default_factory=Page)
    """What lies over it: the classrooms' layers that are shown to all."""


class Book(Struct, frozen=True):
    title: str
    wall: float
    """UTC of lesson time 0, in Unix seconds."""
    leaves: list[Leaf]
    begun: dict[int, int]
    """Lesson time of each stroke's first point, in milliseconds."""

    def leaf(self, number: int) -> Leaf:
        """The n-th page as people count; raises Refused."""
        if not 0 < number <= len(self.leaves):
            raise Refused("no-page", f"this board has {len(self.leaves)} pages")
        return self.leaves[number - 1]


def read(records: Iterable[bytes]) -> Book:
    """The book of a journal's records, also while the lesson goes on; raises Malformed."""
    lesson, begun = new_lesson(), dict[int, int]()
    for record in records:
        entries = wire.entries(record)
        lesson.apply(entries)
        begun |= {e.fact.stroke: e.ms for e in entries if isinstance(e.fact, StrokeBegun)}
    board, pages = lesson.channel(Board.name), lesson.channel(Pages.name)
    layers = lesson.channel(Layers.name)
    assert isinstance(board, Board) and isinstance(pages, Pages) and isinstance(layers, Layers)
    leaves = [
        Leaf(board.pages[number], pages.papers[number], traces(layers, number))
        for number in pages.order
    ]
    return Book(lesson.conduct.title, lesson.conduct.wall, leaves, begun)


def traces(layers: Layers, number: int) -> Page:
    """The classrooms' marks that are shown to all over a page."""
    shown = (new for layer in layers.shown if layer.page == number for new in layer.marks)
    return Page({new.number: Mark(new.body, new.number) for new in shown})


def sheets(shelf: Shelf, lesson: LessonId) -> Sheets:
    def found(name: str) -> bytes | None:
        packed = name.endswith(".svg")
        path: Path | None = shelf.page(lesson, f"{name}.gz" if packed else name)
        if path is None:
            return None
        return gzip.decompress(path.read_bytes()) if packed else path.read_bytes()

    return found
