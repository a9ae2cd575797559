"""Axes on paper: figures where the squares are."""

from recorder.paper.axes import axes
from recorder.paper.drawing import Words


def figures(area: tuple[float, float, float, float], *, cross: bool) -> list[str]:
    drawn = axes(area, cross=cross, colour="#000000", width=3)
    return [item.text for item in drawn if isinstance(item, Words)]


def test_a_number_line_has_its_zero_and_no_y() -> None:
    counted = figures((0, 0, 400, 100), cross=True)
    assert counted == ["\u22123", "\u22122", "\u22121", "0", "1", "2", "3"]


def test_a_cross_counts_both_ways_and_a_quadrant_mostly_up() -> None:
    cross, quadrant = figures((0, 0, 600, 600), cross=True), figures((0, 0, 600, 600), cross=False)
    assert cross.count("\u22122") == 2 and {"x", "y", "O"} <= set(cross)
    assert "8" in quadrant and "\u22122" not in quadrant and "0" not in quadrant
