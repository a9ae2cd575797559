import pytest
from msgspec import structs

from synclass.channel import Command, Fact
from synclass.conduct import Ended, Joined
from synclass.errors import Refused
from synclass.inclass.quiz import (
    AnswerQuiz,
    AskQuiz,
    CloseQuiz,
    EndQuiz,
    QuizAnswered,
    QuizAsked,
    QuizClosed,
    QuizEnded,
    QuizKind,
    QuizShown,
    Quizzes,
    ShowQuiz,
    TallyQuiz,
)
from synclass.inclass.roll import PupilMarked, PupilsListed
from synclass.words import Participant, ParticipantId

from ..conftest import CO_TEACHER, OTHER_VILLAGE, PATROL, TEACHER, VILLAGE

CHOICE = AskQuiz("choice", "哪个大？", ["1/2", "1/3", ""], 2)


def ask(quiz: Quizzes, by: Participant, command: Command, now: float = 1) -> list[Fact]:
    facts = list(quiz.decide(by, command, now))
    for fact in facts:
        quiz.apply(fact, now)
    return facts


def asked(command: AskQuiz = CHOICE) -> Quizzes:
    quiz = Quizzes()
    for seat, room in enumerate((VILLAGE, OTHER_VILLAGE), 2):
        quiz.apply(Joined(room, seat), at=0)
    ask(quiz, TEACHER, command)
    return quiz


def refused(quiz: Quizzes, by: Participant, command: Command) -> str:
    with pytest.raises(Refused) as refusal:
        list(quiz.decide(by, command, now=9))
    return refusal.value.code


def test_thirty_pupils_without_devices_are_counted_by_their_co_teacher() -> None:
    quiz = asked()
    quiz.apply(PupilsListed(VILLAGE.id, "caoxing", [""] * 30, 6), at=1)
    quiz.apply(PupilMarked(VILLAGE.id, "caoxing", 3, here=False), at=2)
    [fact] = ask(quiz, CO_TEACHER, TallyQuiz(1, VILLAGE.id, {"A": 17, "B": 12, "C": 0}))
    assert fact == QuizAnswered(1, VILLAGE.id, "caoxing", {"A": 17, "B": 12}, tallied=True)
    more = TallyQuiz(1, VILLAGE.id, {"A": 18, "B": 12})
    assert refused(quiz, CO_TEACHER, more) == "too-many-answers"


def test_a_device_answers_once_and_may_change_its_mind() -> None:
    quiz = asked()
    for answer in ("A", "B"):
        ask(quiz, VILLAGE, AnswerQuiz(1, answer))
    assert quiz.answers[VILLAGE.id].counts == {"B": 1}


def test_no_room_sees_anothers_answers_before_they_are_shown() -> None:
    quiz = asked()
    ask(quiz, VILLAGE, AnswerQuiz(1, "A"))
    assert quiz.facing(OTHER_VILLAGE).answers == {}
    for viewer in (VILLAGE, CO_TEACHER, TEACHER, PATROL):
        assert list(quiz.facing(viewer).answers) == [VILLAGE.id]
    shown = ask(quiz, TEACHER, ShowQuiz(["A"]), now=8)
    rooms = {VILLAGE.id: {"A": 1}}
    assert shown == [QuizClosed(1), QuizShown(1, ["A"], rooms)]
    theirs = quiz.facing(OTHER_VILLAGE).now
    assert theirs and (theirs.right, theirs.rooms, theirs.shown_at) == (["A"], rooms, 8)


@pytest.mark.parametrize("closed", [QuizClosed(1), Ended()])
def test_a_late_answer_is_refused(closed: Fact) -> None:
    quiz = asked()
    quiz.apply(closed, at=5)
    assert refused(quiz, VILLAGE, AnswerQuiz(1, "A")) == "quiz-closed"
    assert refused(quiz, VILLAGE, TallyQuiz(1, VILLAGE.id, {"A": 1})) == "quiz-closed"


def test_one_quiz_at_a_time() -> None:
    quiz = asked()
    assert refused(quiz, TEACHER, CHOICE) == "quiz-open"
    ask(quiz, TEACHER, CloseQuiz())
    [again] = ask(quiz, TEACHER, CHOICE)
    assert isinstance(again, QuizAsked) and again.quiz == 2
    assert refused(quiz, VILLAGE, AnswerQuiz(1, "A")) == "no-quiz"
    assert ask(quiz, TEACHER, EndQuiz()) == [QuizClosed(2), QuizEnded(2)]
    for late in (CloseQuiz(), ShowQuiz(["A"])):
        assert refused(quiz, TEACHER, late) == "no-quiz"
    assert ask(quiz, TEACHER, EndQuiz()) == []


@pytest.mark.parametrize(
    ("kind", "said", "kept"),
    [
        ("number", " ３/４ ", "3/4"),
        ("number", "-12.5", "-12.5"),
        ("number", "75%", "75%"),
        ("text", " 三分 之一\n", "三分 之一"),
        ("drawn", "done", "done"),
    ],
)
def test_every_kind_has_its_answers(kind: QuizKind, said: str, kept: str) -> None:
    quiz = asked(AskQuiz(kind, "", [], 1))
    ask(quiz, VILLAGE, AnswerQuiz(1, said))
    assert quiz.answers[VILLAGE.id].counts == {kept: 1}


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("choice", "D"),
        ("choice", ""),
        ("choice", "AB"),
        ("number", "many"),
        ("number", "1/2/3"),
        ("text", "  "),
        ("text", "长" * 41),
        ("drawn", "A"),
    ],
)
def test_what_is_no_answer_is_refused(kind: QuizKind, said: str) -> None:
    quiz = asked(CHOICE if kind == "choice" else AskQuiz(kind, "", [], 1))
    assert refused(quiz, VILLAGE, AnswerQuiz(1, said)) == "bad-answer"


@pytest.mark.parametrize(
    "command",
    [
        AskQuiz("choice", "", ["one"], 1),
        AskQuiz("choice", "", [""] * 7, 1),
        AskQuiz("choice", "", ["", "长" * 41], 1),
        AskQuiz("number", "", ["", ""], 1),
        AskQuiz("text", "长" * 201, [], 1),
        AskQuiz("text", "", [], 0),
    ],
)
def test_what_cannot_be_asked_is_refused(command: AskQuiz) -> None:
    assert refused(Quizzes(), TEACHER, command) == "bad-quiz"


def test_nobody_is_counted_less_than_not_at_all_nor_for_another_room() -> None:
    quiz = asked()
    for count in (-1, 81):
        tally = TallyQuiz(1, VILLAGE.id, {"A": count})
        assert refused(quiz, VILLAGE, tally) == "bad-answer"
    assert (
        refused(quiz, VILLAGE, TallyQuiz(1, VILLAGE.id, {"A": 41, "B": 40})) == "too-many-answers"
    )
    assert refused(quiz, VILLAGE, TallyQuiz(1, OTHER_VILLAGE.id, {"A": 1})) == "not-yours"
    assert refused(quiz, VILLAGE, TallyQuiz(1, ParticipantId("nobody"), {})) == "no-room"
    texts = asked(AskQuiz("text", "", [], 1))
    many = TallyQuiz(1, VILLAGE.id, {f"词{n}": 1 for n in range(21)})
    assert refused(texts, VILLAGE, many) == "bad-answer"


def test_who_said_what_is_counted_from_the_seats() -> None:
    quiz = asked()
    tally = TallyQuiz(1, VILLAGE.id, {"D": 9}, ["A", "", "a", "Ａ"])
    assert refused(quiz, VILLAGE, tally) == "no-pupil", "nobody is listed"
    quiz.apply(PupilsListed(VILLAGE.id, "caoxing", ["李小明", "王芳", ""], 6), at=0)
    assert refused(quiz, VILLAGE, tally) == "no-pupil", "three are listed"
    assert refused(quiz, VILLAGE, structs.replace(tally, said=["A", "Z"])) == "bad-answer"
    [fact] = ask(quiz, VILLAGE, structs.replace(tally, said=["A", "", "Ａ"]))
    assert fact == QuizAnswered(1, VILLAGE.id, "caoxing", {"A": 2}, True, ["A", "", "A"])
    assert quiz.answers[VILLAGE.id].said == ["A", "", "A"]
    [counted] = ask(quiz, CO_TEACHER, TallyQuiz(1, VILLAGE.id, {"B": 1}))
    assert isinstance(counted, QuizAnswered)
    assert counted.said == []
