"""What a lesson came to is counted from its facts: who was there, spoke, answered, was right."""

from synclass.channel import Fact
from synclass.conduct import Began, Ended, Joined, Left, Lost, Opened
from synclass.inclass.chat import Said, WordsRemoved
from synclass.inclass.hands import HandRaised
from synclass.inclass.quiz import QuizAnswered, QuizAsked, QuizShown
from synclass.inclass.roll import PupilMarked, PupilsListed
from synclass.inclass.stage import StageEntered, StageLeft
from synclass.postclass.reports import Report, report
from synclass.words import LessonId, Participant, ParticipantId, Role

CAO, SHU, CAO2 = (ParticipantId(who) for who in ("r1", "r2", "r3"))
NAMES = {CAO: "草兴小学", SHU: "双庙中心校", CAO2: "草兴小学"}


def room(who: ParticipantId) -> Joined:
    return Joined(Participant(who, NAMES[who], Role.CLASSROOM, NAMES[who]), 1)


LESSON: list[tuple[float, Fact]] = [
    (0.0, Opened(1, 1000.0, "", "分数", "数学")),
    (5.0, room(CAO)),
    (60.0, Began()),
    (60.0, room(SHU)),
    (61.0, PupilsListed(CAO, NAMES[CAO], ["李小明", "王芳", ""], 6)),
    (62.0, PupilMarked(CAO, NAMES[CAO], 2, False)),
    (70.0, HandRaised(CAO)),
    (80.0, StageEntered(CAO, 1)),
    (110.0, StageLeft(CAO)),
    (120.0, Lost(CAO)),
    (180.0, room(CAO2)),
    (200.0, QuizAsked(1, "choice", "几分之几", ["", ""], 1)),
    (210.0, QuizAnswered(1, CAO2, NAMES[CAO], {"A": 1, "B": 1}, True)),
    (211.0, QuizAnswered(1, CAO2, NAMES[CAO], {"A": 2}, True)),
    (212.0, QuizAnswered(1, SHU, NAMES[SHU], {"B": 1}, False)),
    (220.0, QuizShown(1, ["A"], {})),
    (230.0, Said(1, CAO2, "懂了")),
    (231.0, Said(2, CAO2, "x")),
    (232.0, WordsRemoved(2, CAO2)),
    (240.0, StageEntered(SHU, 1)),
    (300.0, Ended()),
    (310.0, Left(SHU)),
    (320.0, HandRaised(CAO)),
]


def told(facts: list[tuple[float, Fact]]) -> Report:
    return report(LessonId("m1"), facts)[0]


def test_a_lesson_is_as_long_as_from_bell_to_bell() -> None:
    found = told(LESSON)
    assert (found.title, found.began_at, found.minutes) == ("分数", 1060.0, 4.0)


def test_a_room_that_came_in_anew_is_one_room() -> None:
    cao = next(one for one in told(LESSON).rooms if one.room == "草兴小学")
    assert (cao.minutes, cao.on_stage) == (3.0, 0.5), "60..120 and 180..300; not before the bell"
    assert (cao.pupils, cao.here, cao.hands, cao.words) == (3, 2, 1, 1)
    assert (cao.answers, cao.right) == (2, 2), "the last count of a room is its answer"


def test_who_is_on_stage_at_the_bell_was_there_until_it() -> None:
    shu = next(one for one in told(LESSON).rooms if one.room == "双庙中心校")
    assert (shu.minutes, shu.on_stage, shu.answers, shu.right) == (4.0, 1.0, 1, 0)
    assert (shu.pupils, shu.here) == (0, 0), "no roll was called"


def test_a_quiz_is_told_by_room() -> None:
    (quiz,) = told(LESSON).quizzes
    assert quiz.rooms == {"草兴小学": {"A": 2}, "双庙中心校": {"B": 1}} and quiz.right == ["A"]


def test_who_was_not_there_is_named_and_a_pupil_without_a_name_has_a_number() -> None:
    found, pupils = report(LessonId("m1"), LESSON)
    assert found.absent == {"草兴小学": ["王芳"]}
    assert [(one.pupil, one.here) for one in pupils] == [
        ("李小明", True),
        ("王芳", False),
        ("3", True),
    ]


def test_a_lesson_that_fell_is_counted_to_its_last_fact() -> None:
    found = told(LESSON[:-3])
    assert found.minutes == 3.0 and len(found.rooms) == 2


def test_a_lesson_that_never_began_came_to_nothing() -> None:
    found = told(LESSON[:2])
    assert found.minutes == 0.0 and found.rooms[0].minutes == 0.0
