"""Shapes on paper."""

import pytest

from recorder.paper.drawing import HIGHLIGHT, Fill, Line
from recorder.paper.shapes import PALE, shape
from synclass.marks import Pen, Shape

PEN = Pen("pen", 0, 12)


def test_a_filled_shape_lets_through_what_lies_below_and_keeps_its_edge() -> None:
    fill, edge = shape(Shape("rect", Pen("highlighter", 0, 12), [0, 0, 400, 400], True), "#000000")
    assert isinstance(fill, Fill) and fill.alpha == pytest.approx(HIGHLIGHT * PALE)
    assert isinstance(edge, Line) and edge.alpha == HIGHLIGHT and edge.width == 3


def test_a_line_is_not_filled_and_an_arrow_has_a_head_at_its_end() -> None:
    [drawn] = shape(Shape("line", PEN, [0, 0, 400, 0], True), "#000000")
    [arrow] = shape(Shape("arrow", PEN, [0, 0, 400, 0]), "#000000")
    assert isinstance(drawn, Line) and drawn.path == [("M", (0, 0)), ("L", (100, 0))]
    assert isinstance(arrow, Line) and arrow.path[3] == ("L", (100, 0)) and len(arrow.path) == 5


def test_an_arrow_shorter_than_its_head_has_a_shorter_head() -> None:
    [arrow] = shape(Shape("arrow", PEN, [0, 0, 20, 0]), "#000000")
    assert isinstance(arrow, Line) and min(x for _, (x, *_) in arrow.path) >= 0


@pytest.mark.parametrize("kind", ["polygon", "ellipse", "axes", "quadrant"])
def test_every_kind_is_drawn(kind: str) -> None:
    drawn = list(shape(Shape(kind, PEN, [0, 0, 4000, 0, 4000, 3000][-4:]), "#000000"))  # type: ignore[arg-type]
    assert any(isinstance(item, Line) and item.path for item in drawn)
