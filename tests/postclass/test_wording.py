"""A lesson's words are what all could read in it; what was taken away again is not among them."""

from synclass.channel import Fact
from synclass.inclass.board import MarksEdited, MarksPut
from synclass.inclass.bookmarks import BookmarkAdded, BookmarkChanged, BookmarkRemoved
from synclass.inclass.chat import Said, To, WordsRemoved
from synclass.inclass.pages import PageAdded, PageTurned, Paper
from synclass.inclass.quiz import QuizAsked
from synclass.lesson import Entry
from synclass.marks import NewMark, Rewrite, Text
from synclass.postclass.wording import MOST, Line, found_in, said_in
from synclass.preclass.handout import HandoutAdded, Sheet

from ..conftest import TEACHER

WHO = TEACHER.id
SHEET = Sheet("a" * 64, 100, 100, 9)


def lines(*facts: tuple[float, Fact], words: dict[str, list[str]] | None = None) -> list[Line]:
    log = [Entry(n, round(1000 * at), WHO, 0, fact) for n, (at, fact) in enumerate(facts, 1)]
    return said_in(log, lambda name: (words or {}).get(name, []))


def typed(text: str) -> NewMark:
    return NewMark(1, Text((0, 0, 10, 10), text, 20, 0))


def test_what_was_shown_typed_said_asked_and_marked_is_found_at_its_moment() -> None:
    found = lines(
        (1, HandoutAdded(1, "课件", [SHEET], "list")),
        (2, PageAdded(2, Paper(sheet=SHEET.name), 1)),
        (5, PageTurned(2)),
        (6, MarksPut(2, [typed("先通分")], 1, 0)),
        (7, MarksEdited(2, [1], Rewrite("再约分"), 2, 0)),
        (8, Said(1, WHO, "看黑板")),
        (9, QuizAsked(1, "choice", "哪个大？", ["", ""], 2)),
        (9, PageTurned(1)),
        (10, PageTurned(2)),
        (99, BookmarkAdded(WHO, 1, 4.0, "hard", "难", "王老师")),
        words={"list": ["分数的意义"]},
    )
    assert found == [
        *(Line(4, "难"), Line(5, "分数的意义"), Line(6, "先通分"), Line(7, "再约分")),
        *(Line(8, "看黑板"), Line(9, "哪个大？")),
    ]


def test_what_was_taken_away_or_was_not_for_all_is_not_found() -> None:
    found = lines(
        (1, Said(1, WHO, "错话")),
        (2, WordsRemoved(1, WHO)),
        (3, Said(2, WHO, "悄悄话", To.TEACHERS)),
        (4, BookmarkAdded(WHO, 1, 4.0, "hard", "只给管理员", "", hidden=True)),
        (5, BookmarkAdded(WHO, 2, 5.0, "hard", "一", "")),
        (6, BookmarkAdded(WHO, 3, 6.0, "hard", "二", "")),
        (7, BookmarkRemoved(WHO, 2)),
        (8, BookmarkChanged(WHO, 3, "key", "三")),
    )
    assert found == [Line(6, "三")]


def test_a_lesson_of_endless_talk_is_read_as_far_as_it_is_looked_through() -> None:
    assert len(lines(*((n, Said(n, WHO, "话")) for n in range(MOST + 9)))) == MOST


def test_the_line_with_most_of_the_words_is_the_one_that_is_shown() -> None:
    log = [Line(1, "分数"), Line(2, "分数 Half"), Line(3, "分数 half")]
    assert found_in(log, ["分数", "HALF"]) == Line(2, "分数 Half")
    assert found_in(log, ["小数"]) is None and found_in([], ["分数"]) is None
