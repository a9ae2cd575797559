"""From a lesson's log to when its film begins, ends, and has chapters."""

import pytest

from recorder.film.plan import Chapter, Plan, read
from synclass.conduct import Join
from synclass.errors import Refused
from synclass.inclass.bookmarks import ChangeBookmark, MarkMoment, RemoveBookmark
from synclass.inclass.chat import Say
from synclass.inclass.pages import AddPages, MovePage, Paper, TurnPage
from synclass.inclass.quiz import AskQuiz

from ...conftest import PATROL
from .scenes import BELL, ROOM, TEACHER, a_class, entries


def test_a_film_goes_from_bell_to_bell_and_its_chapters_are_pages() -> None:
    log = entries(a_class())
    chapters = [Chapter(0.0, 1), Chapter(8.0, 2)]
    assert read(log) == Plan("分数的意义", BELL, 20.0, chapters, [TEACHER.id], log[-1].seq)


def test_what_comes_after_the_end_makes_no_other_film() -> None:
    log, later = entries(a_class()), entries([*a_class(), (90.0, ROOM, Say("谢谢老师"))])
    assert len(later) > len(log) and read(later) == read(log)


def test_a_page_that_was_only_passed_is_no_chapter() -> None:
    passed = [(BELL + 14, TEACHER, AddPages([Paper()])), (BELL + 15, TEACHER, TurnPage(1))]
    chapters = read(entries([*a_class(), *passed])).chapters
    assert chapters == [Chapter(0.0, 1), Chapter(8.0, 2), Chapter(15.0, 1)]


def test_what_all_may_see_of_the_marks_are_chapters_as_they_are_at_last() -> None:
    marked = [
        (BELL + 3, TEACHER, MarkMoment()),
        (BELL + 9, TEACHER, MarkMoment("note", at=BELL + 8)),
        (BELL + 9, TEACHER, ChangeBookmark(2, "hard", "通分")),
        (BELL + 9.5, TEACHER, MarkMoment("example")),
        (BELL + 9.6, TEACHER, RemoveBookmark(3)),
        (BELL + 9.7, PATROL, Join()),
        (BELL + 11, PATROL, MarkMoment("note", "太快")),
    ]
    chapters = read(entries(sorted([*a_class(), *marked], key=lambda line: line[0]))).chapters
    assert chapters == [
        *(Chapter(0.0, 1), Chapter(3.0, 1, "key")),
        *(Chapter(8.0, 2), Chapter(8.0, 2, "hard", "通分")),
    ]


def test_a_quiz_is_a_chapter_called_by_its_question() -> None:
    asked = [(BELL + 5, TEACHER, AskQuiz("choice", "哪个大？", ["", ""], 1))]
    chapters = read(entries(sorted([*a_class(), *asked], key=lambda line: line[0]))).chapters
    assert chapters[1] == Chapter(5.0, 1, "quiz", "哪个大？")


def test_a_page_of_before_the_bell_is_the_first_chapter() -> None:
    before = [(1.5, TEACHER, AddPages([Paper()])), (1.6, TEACHER, MovePage(2, 0))]
    assert read(entries([*a_class(), *before])).chapters[0] == Chapter(0.0, 2)


def test_a_lesson_in_which_nothing_was_is_a_second_long() -> None:
    assert read(entries(a_class(0.1))).lasts == 1.0


def test_a_lesson_that_goes_on_or_is_not_there_has_no_film() -> None:
    for log, code in ((entries(a_class()[:-1]), "not-ended"), ([], "no-recording")):
        with pytest.raises(Refused) as refused:
            read(log)
        assert refused.value.code == code
