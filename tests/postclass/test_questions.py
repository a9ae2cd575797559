"""A question from a school without a line stands at its moment, once."""

import pytest

from synclass.conduct import Begin, End, Open
from synclass.errors import Refused
from synclass.lesson import Lesson
from synclass.postclass.questions import LONGEST, MOST, AskQuestion, Questions
from synclass.toolbox import new_lesson
from synclass.words import SYSTEM

from ..conftest import TEACHER, VILLAGE

QUESTION = AskQuestion("k1", 75.5, "石桥小学", "为什么要通分？")


def over() -> Lesson:
    lesson = new_lesson()
    lesson.apply(lesson.decide(SYSTEM, Open(1, 1.7e9, "b", "t", "s", "王老师"), 0))
    lesson.conduct.present[TEACHER.id] = TEACHER
    for command in (Begin(), End()):
        lesson.apply(lesson.decide(TEACHER, command, 1))
    return lesson


def asked(lesson: Lesson) -> list[tuple[float, str, str]]:
    channel = lesson.channel(Questions.name)
    assert isinstance(channel, Questions)
    return [(one.at, one.who, one.text) for one in channel.asked]


def test_it_is_kept_with_its_moment_and_twice_is_once() -> None:
    lesson = over()
    for _ in range(2):
        lesson.apply(lesson.decide(SYSTEM, QUESTION, 9))
    assert asked(lesson) == [(75.5, "石桥小学", "为什么要通分？")]


@pytest.mark.parametrize(
    ("question", "code"),
    [
        (AskQuestion("k", 1.0, "", "  "), "bad-text"),
        (AskQuestion("k", 1.0, "", "x" * (LONGEST + 1)), "bad-text"),
        (AskQuestion("k", 1.0, "x" * 99, "why"), "bad-text"),
        (AskQuestion("", 1.0, "", "why"), "bad-question"),
        (AskQuestion("k", -1.0, "", "why"), "bad-question"),
        (AskQuestion("k", float("nan"), "", "why"), "bad-question"),
    ],
)
def test_what_is_no_question_is_refused(question: AskQuestion, code: str) -> None:
    with pytest.raises(Refused) as refused:
        list(over().decide(SYSTEM, question, 9))
    assert refused.value.code == code


def test_a_lesson_has_so_many_questions_and_no_more() -> None:
    lesson = over()
    for n in range(MOST):
        lesson.apply(lesson.decide(SYSTEM, AskQuestion(f"k{n}", 1.0, "", "why"), 9))
    with pytest.raises(Refused) as refused:
        list(lesson.decide(SYSTEM, AskQuestion("more", 1.0, "", "why"), 9))
    assert refused.value.code == "too-many"


def test_only_the_server_brings_them_and_only_after_the_bell() -> None:
    lesson = over()
    lesson.conduct.present[VILLAGE.id] = VILLAGE
    with pytest.raises(Refused) as refused:
        lesson.decide(VILLAGE, QUESTION, 9)
    assert refused.value.code == "not-allowed"
    with pytest.raises(Refused) as early:
        new_lesson().decide(SYSTEM, QUESTION, 9)
    assert early.value.code == "not-now"
