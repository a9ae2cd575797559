import pytest

from synclass.channel import Fact
from synclass.errors import Refused
from synclass.inclass.pages import (
    MOST_PAGES,
    AddPages,
    LayPaper,
    MovePage,
    PageAdded,
    PageMoved,
    PageRemoved,
    PageRestored,
    Pages,
    PageTurned,
    Paper,
    PaperLaid,
    RemovePage,
    RestorePage,
    TurnPage,
)

from ..conftest import TEACHER

SHEET = "0f" * 32 + ".svg"


def ask(pages: Pages, command: object) -> list[Fact]:
    facts = list(pages.decide(TEACHER, command, now=1))  # type: ignore[arg-type]
    for fact in facts:
        pages.apply(fact, at=1)
    return facts


def refused(pages: Pages, command: object) -> str:
    with pytest.raises(Refused) as refusal:
        list(pages.decide(TEACHER, command, now=1))  # type: ignore[arg-type]
    return refusal.value.code


def three_pages() -> Pages:
    pages = Pages()
    ask(pages, AddPages([Paper("grid"), Paper("tian")]))
    return pages


def test_new_pages_come_behind_the_one_in_front_and_the_first_is_turned_to() -> None:
    pages = Pages()
    assert ask(pages, AddPages([Paper("grid"), Paper(sheet=SHEET)])) == [
        PageAdded(2, Paper("grid"), 1),
        PageAdded(3, Paper(sheet=SHEET), 2),
        PageTurned(2),
    ]
    ask(pages, AddPages([Paper()]))
    assert (pages.order, pages.current) == ([1, 2, 4, 3], 4)


def test_turning_to_the_page_in_front_says_nothing() -> None:
    pages = three_pages()
    assert ask(pages, TurnPage(1)) == [PageTurned(1)]
    assert ask(pages, TurnPage(1)) == []
    assert refused(pages, TurnPage(9)) == "no-page"


def test_a_page_is_moved_and_not_beyond_the_ends() -> None:
    pages = three_pages()
    assert ask(pages, MovePage(1, 99)) == [PageMoved(1, 2)]
    assert pages.order == [2, 3, 1]
    assert ask(pages, MovePage(1, 2)) == []


def test_a_removed_page_comes_back_behind_the_one_in_front() -> None:
    pages = three_pages()
    assert ask(pages, RemovePage(2)) == [PageTurned(1), PageRemoved(2)]
    assert refused(pages, TurnPage(2)) == "no-page"
    assert ask(pages, RestorePage(2)) == [PageRestored(2, 1), PageTurned(2)]
    assert pages.order == [1, 2, 3]
    assert refused(pages, RestorePage(2)) == "no-page"


def test_the_first_page_goes_and_the_next_is_turned_to() -> None:
    pages = three_pages()
    ask(pages, TurnPage(1))
    assert ask(pages, RemovePage(1)) == [PageTurned(2), PageRemoved(1)]


def test_the_last_page_stays() -> None:
    assert refused(Pages(), RemovePage(1)) == "last-page"


def test_other_paper_is_laid_under_the_same_ink() -> None:
    pages = Pages(papers={1: Paper("blank", SHEET)})
    assert ask(pages, LayPaper(1, "staff")) == [PaperLaid(1, "staff")]
    assert pages.papers[1] == Paper("staff", SHEET)
    assert ask(pages, LayPaper(1, "staff")) == []


def test_a_board_has_no_pages_without_end_and_no_sheet_that_is_none() -> None:
    assert refused(Pages(), AddPages([])) == "too-many-pages"
    assert refused(Pages(), AddPages([Paper()] * MOST_PAGES)) == "too-many-pages"
    for sheet in ("../../etc/passwd", "AB" * 32 + ".svg", "0f" * 32 + ".html", "0f" * 32):
        assert refused(Pages(), AddPages([Paper(sheet=sheet)])) == "bad-sheet"
