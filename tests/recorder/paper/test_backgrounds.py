"""What lies under the ink, on paper as on the screen."""

from collections.abc import Iterator
from typing import get_args

import pytest

from recorder.paper.backgrounds import background
from recorder.paper.drawing import HEIGHT, WIDTH, Line
from synclass.marks import Background


def starts(kind: Background) -> Iterator[tuple[float, ...]]:
    for item in background(kind):
        if isinstance(item, Line):
            yield from (values for letter, values in item.path if letter == "M")


def test_blank_paper_is_blank() -> None:
    assert list(background("blank")) == []


@pytest.mark.parametrize("kind", [kind for kind in get_args(Background) if kind != "blank"])
def test_every_background_has_lines_and_stays_on_the_page(kind: Background) -> None:
    assert list(starts(kind))
    for item in background(kind):
        if isinstance(item, Line):
            corners = [values for _, values in item.path]
            assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in corners)


def test_fifty_squares_for_characters_have_their_diagonals_in_mi_only() -> None:
    assert len(list(starts("tian"))) == 11 + 6 + 10 + 5
    assert len(list(starts("mi"))) == 11 + 6 + 10 + 5 + 2 * 50
