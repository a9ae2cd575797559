"""The parts that pages are drawn of, and the colours of the board by day."""

import re
from pathlib import Path

from recorder.paper.drawing import HIGHLIGHT, INKS, LINES, PAPER, box, curve, ellipse, line

STYLE = Path(__file__).parents[3] / "web" / "src"


def test_the_colours_are_those_of_the_screen() -> None:
    day = (STYLE / "style" / "tokens.css").read_text().partition("[data-mode")[0]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", day))
    assert [colours[f"ink-{n}"] for n in range(8)] == list(INKS)
    assert (colours["paper"], colours["line"]) == (PAPER, LINES)
    assert f"const HIGHLIGHT = {HIGHLIGHT};" in (STYLE / "board" / "outline.ts").read_text()


def test_lines_boxes_and_ellipses_begin_where_they_end() -> None:
    assert line(0, 0, 3, 4) == [("M", (0, 0)), ("L", (3, 4))]
    assert box(1, 2, 10, 20)[0] == ("M", (1, 2)) and box(1, 2, 10, 20)[-1][0] == "Z"
    round_ = ellipse(5, 5, 3, 2)
    assert round_[0][1] == round_[-2][1][-2:]


def test_a_curve_goes_through_the_middles_of_the_sides() -> None:
    path = curve([0j, 4 + 0j, 4 + 4j])
    assert path[0] == ("M", (2, 2)) and path[1] == ("Q", (0, 0, 2, 0))
    assert curve([]) == []
