"""Who passes marks a moment; what a patrol marks no classroom hears of."""

import pytest

from synclass.channel import Command
from synclass.conduct import Begin, End, Join, Open
from synclass.errors import Refused
from synclass.inclass.bookmarks import (
    LONGEST,
    MOST_OF_ONE,
    Bookmark,
    BookmarkAdded,
    Bookmarks,
    ChangeBookmark,
    MarkMoment,
    PinBookmark,
    RemoveBookmark,
    UnpinBookmark,
)
from synclass.lesson import Lesson
from synclass.toolbox import new_lesson
from synclass.words import SYSTEM, Participant, ParticipantId

from ..conftest import ADMIN, CO_TEACHER, PATROL, PEOPLE, TEACHER, VILLAGE


def begun() -> Lesson:
    lesson = new_lesson()
    ask(lesson, SYSTEM, Open(1, 1.7e9, "b", "t", "s", "王老师"), 0)
    for person in PEOPLE:
        ask(lesson, person, Join(), 0)
    ask(lesson, TEACHER, Begin(), 1)
    return lesson


def ask(lesson: Lesson, by: Participant, command: Command, now: float) -> None:
    lesson.apply(lesson.decide(by, command, now))


def marks(lesson: Lesson, viewer: Participant = ADMIN) -> list[Bookmark]:
    channel = lesson.facing(viewer)[Bookmarks.name]
    assert isinstance(channel, Bookmarks)
    return channel.marks


def refused(lesson: Lesson, by: Participant, command: Command, now: float = 99.0) -> str:
    with pytest.raises(Refused) as found:
        list(lesson.decide(by, command, now))
    return found.value.code


def test_a_teacher_marks_this_moment_and_describes_it_when_she_has_a_hand_free() -> None:
    lesson = begun()
    ask(lesson, TEACHER, MarkMoment(), 60.5)
    ask(lesson, TEACHER, ChangeBookmark(1, "hard", " 通分 "), 75)
    (mark,) = marks(lesson, VILLAGE)
    assert (mark.at, mark.kind, mark.text, mark.name) == (60.5, "hard", "通分", TEACHER.name)


def test_what_was_just_past_may_be_marked_and_what_is_to_come_may_not() -> None:
    lesson = begun()
    ask(lesson, CO_TEACHER, MarkMoment("example", at=40.0), 60)
    assert marks(lesson)[0].at == 40.0
    ask(lesson, TEACHER, MarkMoment(at=60.5), 60)
    assert marks(lesson)[1].at == 60, "her clock is a little ahead of the server's"
    for at in (62.1, -1.0, float("nan"), float("inf")):
        assert refused(lesson, TEACHER, MarkMoment(at=at), 60) == "bad-moment"


def test_a_button_pressed_twice_marks_once() -> None:
    lesson = begun()
    for now in (60, 60.4, 63):
        ask(lesson, TEACHER, MarkMoment(), now)
    assert [mark.at for mark in marks(lesson)] == [60, 63]


@pytest.mark.parametrize("watcher", [PATROL, ADMIN])
def test_who_looks_in_unseen_marks_for_staff_alone(watcher: Participant) -> None:
    lesson = begun()
    ask(lesson, watcher, MarkMoment("note", "板书太快"), 60)
    for viewer, sees in ((TEACHER, 1), (PATROL, 1), (ADMIN, 1), (VILLAGE, 0), (CO_TEACHER, 0)):
        assert len(marks(lesson, viewer)) == sees, viewer.role
    told = lesson.decide(watcher, ChangeBookmark(1, "note", "好"), 61)
    told += lesson.decide(watcher, RemoveBookmark(1), 62)
    assert not any(e.fact.audience().admits(VILLAGE) for e in told if hasattr(e.fact, "audience"))


def test_what_is_hidden_leaves_no_gap_in_the_numbers_of_others() -> None:
    lesson = begun()
    for by in (TEACHER, PATROL, TEACHER):
        ask(lesson, by, MarkMoment("note", "x"), 60)
    assert [mark.n for mark in marks(lesson, VILLAGE)] == [1, 2]


def test_everyone_takes_away_their_own_and_nobody_anothers() -> None:
    lesson = begun()
    ask(lesson, TEACHER, MarkMoment(), 60)
    for by in (CO_TEACHER, PATROL, ADMIN):
        assert refused(lesson, by, RemoveBookmark(1)) == "no-bookmark"
        assert refused(lesson, by, UnpinBookmark(TEACHER.id, 1)) == "not-allowed"
        assert refused(lesson, by, ChangeBookmark(1, "note", "")) == "no-bookmark"
    ask(lesson, TEACHER, RemoveBookmark(1), 99)
    assert marks(lesson) == []
    assert refused(lesson, TEACHER, RemoveBookmark(1)) == "no-bookmark"


def test_a_classroom_marks_nothing() -> None:
    lesson = begun()
    for command in (MarkMoment(), ChangeBookmark(1, "key", ""), RemoveBookmark(1)):
        assert refused(lesson, VILLAGE, command) == "not-allowed"


def test_the_server_marks_for_whoever_watches_the_recording() -> None:
    lesson, away = begun(), Participant(ParticipantId("u-wang"), "王老师", TEACHER.role)
    ask(lesson, TEACHER, MarkMoment(), 60)
    pin = PinBookmark(away, 7.0, "key", "y")
    early = new_lesson()
    ask(early, SYSTEM, Open(1, 1.7e9, "b", "t", "s", "王老师"), 0)
    assert refused(early, SYSTEM, pin) == "not-now"
    ask(lesson, TEACHER, End(), 90)
    assert refused(lesson, TEACHER, pin) == "not-allowed"
    ask(lesson, SYSTEM, pin, 9999)
    assert (marks(lesson)[1].name, marks(lesson)[1].at) == ("王老师", 7.0)
    ask(lesson, SYSTEM, UnpinBookmark(TEACHER.id, 1), 9999)
    assert [mark.who for mark in marks(lesson)] == ["u-wang"]


def test_after_the_bell_a_mark_needs_a_moment_before_it() -> None:
    lesson = begun()
    ask(lesson, TEACHER, End(), 90)
    for at in (None, 92.1, -1.0):
        assert refused(lesson, TEACHER, MarkMoment(at=at), 95) == "bad-moment"
    ask(lesson, TEACHER, MarkMoment(at=89.0), 95)
    assert marks(lesson)[0].at == 89.0
    early = new_lesson()
    ask(early, SYSTEM, Open(1, 1.7e9, "b", "t", "s", "王老师"), 0)
    ask(early, TEACHER, Join(), 0)
    assert refused(early, TEACHER, MarkMoment()) == "not-now"


@pytest.mark.parametrize("text", ["x" * (LONGEST + 1), "one\ntwo", "\x07"])
def test_a_mark_says_one_short_line(text: str) -> None:
    lesson = begun()
    ask(lesson, TEACHER, MarkMoment(), 50)
    assert refused(lesson, TEACHER, MarkMoment("key", text)) == "bad-text"
    assert refused(lesson, TEACHER, ChangeBookmark(1, "key", text)) == "bad-text"


def test_one_person_marks_so_much_and_no_more() -> None:
    lesson = begun()
    for n in range(MOST_OF_ONE):
        ask(lesson, TEACHER, MarkMoment(at=2.0 * n), 999)
    assert refused(lesson, TEACHER, MarkMoment("hard"), 999) == "too-many"
    assert isinstance(lesson.decide(CO_TEACHER, MarkMoment(), 999)[0].fact, BookmarkAdded)
