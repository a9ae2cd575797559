"""Formulas on paper: the outlines that came with them, or the LaTeX where none came."""

from recorder.paper.drawing import INKS, Fill, Group, Item, Line, Words
from recorder.paper.formulas import formula
from recorder.paper.look import Look
from synclass.marks import Formula

from ...outlined import HALF, packed

HALVES = Formula(400, 800, "\\frac{1}{2}", 160, 2, packed(HALF))


def drawn(body: Formula, text: str | None = None, outline: bytes = b"") -> Item:
    return formula(body, Look(body, text=text, outline=outline), INKS[2])


def test_a_formula_is_as_large_and_where_it_was_put() -> None:
    group = drawn(HALVES)
    assert isinstance(group, Group) and group.matrix == (0.04, 0.0, 0.0, 0.04, 100.0, 200.0)
    one, bar, curve, words = group.items
    assert isinstance(one, Fill) and one.path[1] == ("Q", (300, 300, 320, 0))
    assert isinstance(bar, Fill) and bar.colour == INKS[2]
    assert isinstance(curve, Line) and curve.width == 40
    assert words == Words(120, 1390, "米", 884, INKS[2])


def test_what_came_without_outlines_or_was_written_anew_without_is_latex() -> None:
    bare = Formula(400, 800, "\\frac{1}{2}", 160, 2)
    assert drawn(bare) == Words(100, 240, "\\frac{1}{2}", 40, INKS[2])
    assert drawn(HALVES, "1/3") == Words(100, 240, "1/3", 40, INKS[2])
    assert isinstance(drawn(HALVES, "1/3", packed(HALF)), Group)


def test_outlines_of_a_later_version_are_latex_too() -> None:
    later = Formula(400, 800, "x", 160, 2, b"\xff")
    assert drawn(later) == Words(100, 240, "x", 40, INKS[2])
