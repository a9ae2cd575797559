"""The teacher's picture lies where it hides nothing."""

from recorder.film.corners import free
from synclass.ink import Chain, encode
from synclass.marks import Ink, Page, Pen, Shape, Text

from ..paper.scenes import a_page

PEN = Pen("pen", 0, 16)


def line(x: int, y: int) -> Ink:
    return Ink(PEN, encode(Chain(), [(x + 10 * n, y, 16) for n in range(60)], first=True))


def test_on_an_empty_page_it_is_below_on_the_right() -> None:
    assert free(Page()) == "bottom right"


def test_a_corner_that_is_written_in_is_left_alone() -> None:
    assert free(a_page(line(6600, 4000))) == "top right"
    both = a_page(line(6600, 4000), Text((6400, 100, 1000, 400), "分数", 200, 0))
    assert free(both) == "bottom left"
    three = a_page(
        *(mark.body for mark in both.marks.values()), Shape("rect", PEN, [200, 3500, 900, 4100])
    )
    assert free(three) == "top left"
