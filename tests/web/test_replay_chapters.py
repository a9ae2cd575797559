"""Chapters are the bells, turns of pages and what was marked, each with the page on the board."""

from typing import Any

from synclass.conduct import Began, Ended
from synclass.inclass.bookmarks import BookmarkAdded, BookmarkRemoved
from synclass.inclass.pages import Pages, PageTurned
from synclass.inclass.quiz import QuizAsked
from synclass.lesson import Entry
from synclass.toolbox import new_lesson

from ..conftest import TEACHER
from ..plausible import play
from ..test_folds import frames
from .browser import browser
from .test_replay import SEEDS, log_of

MARKED = [(1, 40.0), (2, 45.0), (3, 50.0), (4, 2.0)]


def chapters(log: list[Entry], starts_at: float, moments: list[float]) -> tuple[Any, list[int]]:
    [[found, places]] = browser([("chapters", frames(log), starts_at, moments)])
    return [(chapter["at"], chapter["kind"], chapter["page"]) for chapter in found], places


def test_the_chapters_are_the_bells_and_the_turns_of_the_pages() -> None:
    log = log_of((5, PageTurned(2)), (60, Began()), (100, PageTurned(3)), (2700, Ended()))
    found, places = chapters(log, 10.0, [10, 59.9, 60, 101, 9000])
    assert found == [(10, "before", 2), (60, "began", 2), (100, "page", 3), (2700, "ended", 3)]
    assert places == [0, 0, 1, 2, 3]


def test_what_was_marked_is_a_chapter_and_what_was_taken_away_is_none() -> None:
    added = [BookmarkAdded(TEACHER.id, n, at, "hard", "", "", hidden=n > 2) for n, at in MARKED]
    log = log_of(
        *((1, PageTurned(2)), (9, Began()), (50, PageTurned(3)), (60, Ended())),
        *((70, one) for one in added),
        (71, BookmarkRemoved(TEACHER.id, 2)),
    )
    found, _ = chapters(log, 5.0, [])
    assert found[:4] == [(5, "before", 2), (5, "mark", 2), (9, "began", 2), (40, "mark", 2)]
    assert found[4:] == [(50, "page", 3), (50, "mark", 3), (60, "ended", 3)]


def test_a_quiz_is_a_chapter_on_the_page_it_was_asked_on() -> None:
    quiz = QuizAsked(1, "choice", "哪个大？", ["", ""], 3)
    log = log_of((9, Began()), (50, PageTurned(3)), (55, quiz), (56, PageTurned(4)), (90, Ended()))
    found, _ = chapters(log, 0.0, [])
    assert found[2:5] == [(50, "page", 3), (55, "quiz", 3), (56, "page", 4)]


def test_a_page_passed_on_the_way_to_another_is_no_chapter() -> None:
    log = log_of((9, Began()), (50, PageTurned(2)), (51, PageTurned(3)), (52.9, PageTurned(4)))
    found, _ = chapters(log, 0.0, [])
    assert found == [(0, "before", 1), (9, "began", 1), (52.9, "page", 4)]


def test_a_chapter_shows_the_page_that_was_on_the_board() -> None:
    logs = [play(seed)[1] for seed in SEEDS]
    answers = browser([("chapters", frames(log), 0.0, []) for log in logs])
    for seed, log, (found, _) in zip(SEEDS, logs, answers, strict=True):
        pages, times = pages_of(log), [chapter["at"] for chapter in found]
        assert times == sorted(times) and times[0] == 0.0
        last = {chapter["at"]: chapter["page"] for chapter in found}
        assert last == {at: pages.get(at, 1) for at in last}, f"seed {seed}"
    assert sum(len(found) for found, _ in answers) > 2 * len(SEEDS)


def pages_of(log: list[Entry]) -> dict[float, int]:
    """The page on the board after each moment at which anything happened."""
    lesson, pages = new_lesson(), dict[float, int]()
    for entry in log:
        lesson.apply([entry])
        state = lesson.channel(Pages.name)
        assert isinstance(state, Pages)
        pages[entry.ms / 1000] = state.current
    return pages
