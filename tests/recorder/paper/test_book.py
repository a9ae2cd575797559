"""The board of a lesson, read from its journal."""

from pathlib import Path

import pytest

from recorder.paper import book
from synclass.errors import Refused
from synclass.inclass.board import Board
from synclass.inclass.layers import Layers
from synclass.inclass.pages import Pages
from synclass.strokes import StrokeBegun

from ...plausible import play
from .scenes import LESSON, NAME, SHEET, a_lesson


def test_a_book_has_the_pages_in_their_order_and_knows_when_strokes_began(tmp_path: Path) -> None:
    live, log = play(3, 200)
    board, pages = live.channel("board"), live.channel("pages")
    assert isinstance(board, Board) and isinstance(pages, Pages)
    read = book.read(a_lesson(tmp_path).read(LESSON))
    assert [leaf.page for leaf in read.leaves] == [board.pages[n] for n in pages.order]
    assert read.title == "分数的意义" and read.wall == 1.7e9
    assert read.begun == {e.fact.stroke: e.ms for e in log if isinstance(e.fact, StrokeBegun)}


def test_over_a_page_lie_the_layers_that_are_shown_at_the_end(tmp_path: Path) -> None:
    seed, layers = next((seed, found) for seed in range(100) if (found := shown_and_not(seed)))
    read = book.read(a_lesson(tmp_path, seed).read(LESSON))
    traces = {number for leaf in read.leaves for number in leaf.traces.marks}
    assert traces == {new.number for layer in layers.shown for new in layer.marks}


def shown_and_not(seed: int) -> Layers | None:
    """The layers of a lesson in the end of which one is shown, and others are not."""
    layers = play(seed, 200)[0].channel("layers")
    assert isinstance(layers, Layers)
    return layers if layers.shown and layers.own else None


def test_pages_are_counted_from_one(tmp_path: Path) -> None:
    read = book.read(a_lesson(tmp_path).read(LESSON))
    assert read.leaf(1) == read.leaves[0]
    for number in (0, len(read.leaves) + 1):
        with pytest.raises(Refused) as refused:
            read.leaf(number)
        assert refused.value.code == "no-page"


def test_sheets_are_unpacked_and_those_that_are_not_kept_are_none(tmp_path: Path) -> None:
    sheets = book.sheets(a_lesson(tmp_path), LESSON)
    assert sheets(NAME) == SHEET
    assert sheets("ab" * 32 + ".webp") is None and sheets("../journal") is None
