import pytest

from synclass.conduct import Begin, Join, Open
from synclass.errors import Refused
from synclass.inclass.board import Let, LetWrite
from synclass.inclass.gaze import Curtain, Pointer, Seen
from synclass.inclass.stage import Levels
from synclass.inclass.timer import StartTimer, TimerRang
from synclass.lesson import Lesson
from synclass.toolbox import new_lesson
from synclass.words import SYSTEM, Stage

from .conftest import TEACHER, VILLAGE


@pytest.fixture
def lesson() -> Lesson:
    lesson = new_lesson()
    for by, command in ((VILLAGE, Join()), (TEACHER, Join())):
        lesson.apply(lesson.decide(by, command, 0, n=1))
    return lesson


def test_a_village_cannot_begin_the_lesson(lesson: Lesson) -> None:
    with pytest.raises(Refused, match="may not"):
        lesson.decide(VILLAGE, Begin(), 0)
    assert lesson.conduct.stage is Stage.PRECLASS


def test_nobody_speaks_before_they_have_joined() -> None:
    with pytest.raises(Refused, match="join"):
        new_lesson().decide(TEACHER, Begin(), 0)


def test_the_system_needs_no_seat(lesson: Lesson) -> None:
    assert lesson.decide(SYSTEM, Open(1, 0.0, "", "分数", "", ""), 0)


def test_before_the_bell_no_timer_runs(lesson: Lesson) -> None:
    with pytest.raises(Refused, match="too early"):
        lesson.decide(TEACHER, StartTimer(5), 0)


def test_an_alarm_becomes_a_fact_when_it_is_due(lesson: Lesson) -> None:
    lesson.apply(lesson.decide(TEACHER, Begin(), 1))
    lesson.apply(lesson.decide(TEACHER, StartTimer(5), 2))
    assert lesson.wake(6.9) == [] and lesson.wake_at() == 7
    (entry,) = lesson.wake(7)
    assert entry.fact == TimerRang() and entry.ms == 7000


def test_an_ask_is_answered_once(lesson: Lesson) -> None:
    ask = LetWrite(Let.EVERYONE)
    lesson.apply(lesson.decide(TEACHER, ask, 1, n=2))
    lesson.apply(lesson.decide(TEACHER, LetWrite(Let.NOBODY), 1, n=3))
    assert lesson.decide(TEACHER, ask, 2, n=2) == []


def test_a_glimpse_passes_where_the_table_lets_it(lesson: Lesson) -> None:
    assert lesson.may_show(TEACHER, "pointer") and lesson.may_show(SYSTEM, "stage.levels")
    assert not lesson.may_show(VILLAGE, "stage.levels")


def test_a_glimpse_that_a_channel_witnesses_becomes_a_fact_of_who_showed_it(lesson: Lesson) -> None:
    assert lesson.keeps(Pointer(4, 4)) and not lesson.keeps(Levels({}))
    (entry,) = lesson.witness(TEACHER, Pointer(4, 4), 3)
    assert (entry.by, entry.n, entry.ms) == (TEACHER.id, 0, 3000)
    assert entry.fact == Seen(TEACHER.id, Pointer(4, 4))
    assert lesson.witness(VILLAGE, Curtain("top", 400), 3) == [], "a room draws no curtain"


def test_lesson_time_never_runs_backwards(lesson: Lesson) -> None:
    lesson.apply(lesson.decide(TEACHER, Begin(), 10))
    assert [entry.ms for entry in lesson.decide(TEACHER, StartTimer(5), 3)] == [10_000]
