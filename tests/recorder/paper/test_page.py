"""A page as a drawing."""

from recorder.paper.book import Leaf
from recorder.paper.drawing import HIGHLIGHT, INKS, Fill, Group, Item, Sheet, Words
from recorder.paper.page import drawing
from synclass.inclass.pages import Paper
from synclass.marks import Change, Formula, Hide, Page, Picture, Place, Rewrite, Tint

from .scenes import NAME, a_page, a_stroke


def drawn(page: Page) -> list[Item]:
    """Without the paper itself."""
    return drawing(Leaf(page, Paper()))[1:]


def test_the_sheet_lies_on_the_paper_and_marks_upon_it() -> None:
    paper, sheet, ink = drawing(Leaf(a_page(a_stroke()), Paper("blank", NAME)))
    assert isinstance(paper, Fill) and isinstance(ink, Fill)
    assert sheet == Sheet(0, 0, 1920, 1080, NAME, whole=True)


def test_what_is_hidden_is_not_drawn_and_what_is_undone_is() -> None:
    page = a_page(a_stroke(), changes=[Change(5, Hide())])
    assert drawn(page) == []
    page.off.append(5)
    assert len(drawn(page)) == 1


def test_a_highlighter_lets_words_through_and_chalk_is_dust() -> None:
    [light] = drawn(a_page(a_stroke("highlighter")))
    edge, middle = drawn(a_page(a_stroke("chalk")))
    assert isinstance(light, Fill) and light.alpha == HIGHLIGHT
    assert isinstance(edge, Fill) and isinstance(middle, Fill)
    assert (edge.grain, middle.grain) == ("edge", "middle")


def test_moved_and_tinted_marks_are_where_and_what_they_are_now() -> None:
    changes = [Change(1, Place((2.0, 0.0, 0.0, 2.0, 40.0, 80.0))), Change(2, Tint(4))]
    [group] = drawn(a_page(a_stroke(), changes=changes))
    assert isinstance(group, Group) and group.matrix == (2, 0, 0, 2, 10, 20)
    [ink] = group.items
    assert isinstance(ink, Fill) and ink.colour == INKS[4]


def test_formulas_are_written_as_latex_and_pictures_by_their_name() -> None:
    bodies = Formula(400, 400, "\\frac{1}{2}", 160, 9), Picture((0, 0, 400, 200), NAME)
    formula, picture = drawn(a_page(*bodies))
    assert isinstance(formula, Words) and formula.text == "\\frac{1}{2}"
    assert formula.colour == INKS[0], "a colour of a later version is dark"
    assert picture == Sheet(0, 0, 100, 50, NAME)
    [written] = drawn(a_page(bodies[0], changes=[Change(1, Rewrite("x^2"))]))
    assert isinstance(written, Words) and written.text == "x^2"


def test_a_classrooms_layer_that_is_shown_lies_over_the_page() -> None:
    leaf = Leaf(a_page(a_stroke("highlighter")), Paper(), a_page(a_stroke("pen", colour=1)))
    below, above = drawing(leaf)[1:]
    assert isinstance(below, Fill) and below.alpha == HIGHLIGHT
    assert isinstance(above, Fill) and above.colour == INKS[1]
