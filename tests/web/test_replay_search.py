"""Whoever looks for a word in a replay is led to the moments where it stood or was said."""

from typing import Any

from synclass import wire
from synclass.cli.benches.hour import hour, put
from synclass.conduct import Joined
from synclass.inclass.board import MarksEdited, MarksPut
from synclass.inclass.bookmarks import BookmarkAdded, BookmarkChanged, BookmarkRemoved
from synclass.inclass.chat import Said, To, WordsRemoved
from synclass.inclass.hands import HandRaised
from synclass.inclass.pages import PageAdded, PageTurned, Paper
from synclass.lesson import Entry
from synclass.marks import NewMark, Rewrite, Text
from synclass.postclass.questions import QuestionAsked
from synclass.toolbox import new_lesson
from synclass.words import ParticipantId

from ..conftest import VILLAGE
from ..test_folds import frames
from .browser import browser
from .test_replay import log_of

MOST = 200
ZHAO = ParticipantId("zhao")
SHEETS = [("a.svg", "分数的\n意 义"), ("b.svg", "Ｆraction ½ 的除法")]


def page(number: int, sheet: str) -> PageAdded:
    return PageAdded(number, Paper("blank", sheet), number)


def words(text: str) -> Text:
    return Text((0, 0, 800, 100), text, 96, 0, note=False)


LOG = log_of(
    (1, Joined(VILLAGE, 3)),
    (2, page(2, "a.svg")),
    (2, page(3, "b.svg")),
    (10, PageTurned(2)),
    (20, PageTurned(3)),
    (21, PageTurned(2)),
    (30, MarksPut(2, [NewMark(7, words("通分\u2028约分"))], 1, 0)),
    (40, Said(1, VILLAGE.id, "听不清 Fraction", To.EVERYONE)),
    (41, Said(2, VILLAGE.id, "说错了", To.EVERYONE)),
    (42, WordsRemoved(2, VILLAGE.id, To.EVERYONE)),
    (50, MarksEdited(2, [7], Rewrite("最小公倍数"), 2, 0)),
    (60, HandRaised(VILLAGE.id)),
    (90, QuestionAsked("k", 35.0, "小石", "为什么要先通分？")),
)


def find(*asked: str, log: list[Entry] = LOG, most: int = MOST) -> list[list[Any]]:
    [answer] = browser([("search", frames(log), SHEETS, asked, most)])
    return [[(hit["at"], hit["kind"]) for hit in hits] for hits in answer["hits"]]


def test_a_word_on_a_page_of_courseware_is_found_each_time_the_page_is_shown() -> None:
    assert find("分数的意义", "分数 意义") == [[(10, "sheet"), (21, "sheet")]] * 2


def test_a_mark_is_found_by_its_words_as_they_are_now_and_by_who_made_it() -> None:
    log = log_of(
        *((90, BookmarkAdded(ZHAO, n, 7.0 * n, "note", "板书", "赵督导")) for n in (1, 2, 3)),
        (91, BookmarkChanged(ZHAO, 2, "hard", "声音")),
        (92, BookmarkRemoved(ZHAO, 3)),
        (93, BookmarkAdded(VILLAGE.id, 3, 50.0, "note", "板书", "李老师")),
    )
    assert find("板书", "声音", "赵督导", log=log) == [
        [(7, "mark"), (50, "mark")],
        [(14, "mark")],
        [(7, "mark"), (14, "mark")],
    ]


def test_a_page_passed_on_the_way_to_another_is_not_found() -> None:
    assert find("除法") == [[]]


def test_what_is_typed_on_the_board_is_found_when_it_was_written_and_written_anew() -> None:
    assert find("先通分") == [[(35, "question")]]
    assert find("通分约分", "公倍数") == [[(30, "board")], [(50, "board")]]


def test_what_was_said_is_found_by_its_words_and_by_whose_they_are() -> None:
    assert find("听不清") == [[(40, "chat")]]
    assert find(VILLAGE.name) == [[(1, "came"), (40, "chat"), (60, "hand")]]


def test_what_the_teacher_took_away_is_not_found() -> None:
    assert find("说错了") == [[]]


def test_capital_wide_and_parted_letters_are_the_same_letters() -> None:
    assert find("fraction", "FRACTION", "ＦＲＡＣ tion") == [[(40, "chat")]] * 3


def test_nothing_is_found_by_nothing() -> None:
    assert find("", "   ", "此字没有") == [[], [], []]


def test_only_so_many_are_listed() -> None:
    assert find(VILLAGE.name, most=2) == [[(1, "came"), (40, "chat")]]


def test_a_piece_of_the_text_around_the_word_is_shown_with_the_word_set_apart() -> None:
    long = log_of((1, Said(1, VILLAGE.id, "啊" * 200 + "分 数" + "呢" * 200, To.EVERYONE)))
    [answer] = browser([("search", frames(long), [], ["分数"], MOST)])
    [before, found, after] = answer["hits"][0][0]["parts"]
    assert found == "分 数"
    assert before == "…" + "啊" * 18 and after.endswith("呢…") and len(after) < 90


def test_an_hour_is_looked_through_while_one_types() -> None:
    lesson = new_lesson()
    log = [entry for asked in hour() for entry in wire.entries(put(lesson, asked))]
    [answer] = browser([("search", frames(log), [], ["村小7", "a", "没有这个"], MOST)])
    assert len(answer["hits"][0]) >= 10
    assert answer["ms"] < 500, answer["ms"]  # 40 on a quiet machine, three words together
