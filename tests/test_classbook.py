from msgspec import Raw

from synclass.channel import Fact
from synclass.classbook import Answered, Attended, written_up
from synclass.conduct import Ended, Joined
from synclass.inclass.quiz import QuizAnswered, QuizAsked, QuizEnded, QuizShown
from synclass.inclass.roll import PupilMarked, PupilPicked, PupilsListed, RollTaken, RoomPicked
from synclass.lesson import Entry
from synclass.words import ParticipantId

from .conftest import OTHER_VILLAGE, TEACHER, VILLAGE

SCHOOL, ROOM = VILLAGE.school, VILLAGE.id
LISTED = PupilsListed(ROOM, SCHOOL, ["小明", "小红"], 4, "c2", ["p2", "p7"], [2, 1])
TAKEN = RollTaken(ROOM, SCHOOL, 2)


def log(*facts: Fact | Raw) -> list[Entry]:
    told = (Joined(VILLAGE, 2), Joined(OTHER_VILLAGE, 3), *facts)
    return [Entry(n, n * 1000, TEACHER.id, 0, fact) for n, fact in enumerate(told, 1)]


def answered(said: list[str], room: ParticipantId = ROOM, quiz: int = 1) -> QuizAnswered:
    return QuizAnswered(quiz, room, SCHOOL, {}, tallied=True, said=said)


def asked(quiz: int = 1) -> QuizAsked:
    return QuizAsked(quiz, "choice", "", ["", ""], 1)


def test_who_was_there_and_who_was_picked_is_kept_by_id() -> None:
    picked = RoomPicked(ROOM, 0), PupilPicked(ROOM, SCHOOL, 2, "小红")
    absent = PupilMarked(ROOM, SCHOOL, 1, here=False)
    book = written_up(log(LISTED, absent, TAKEN, *picked, Ended(), Raw(b"\x91\xa1?")))
    assert book.attended == [Attended("c2", "p2", False, 0), Attended("c2", "p7", True, 1)]


def test_where_no_roll_was_taken_nobody_is_said_to_have_been_there() -> None:
    assert written_up(log(LISTED, Ended())).attended == []


def test_a_typed_list_has_no_pupils_of_the_district() -> None:
    typed = PupilsListed(ROOM, SCHOOL, ["小明"], 4)
    book = written_up(log(typed, TAKEN, asked(), answered(["A"]), Ended()))
    assert (book.attended, book.answered) == ([], [])


def test_each_quiz_is_kept_with_what_was_right_and_the_last_word_counts() -> None:
    first = asked(), answered(["A", "B"]), answered(["A", ""]), QuizShown(1, ["A"], {})
    second = asked(2), answered(["B", "A"], quiz=2)
    for end in ((QuizEnded(1),), ()):
        book = written_up(log(LISTED, TAKEN, *first, *end, *second, Ended()))
        assert book.answered == [
            Answered("c2", "p2", 1, "A", right=True),
            Answered("c2", "p2", 2, "B", right=None),
            Answered("c2", "p7", 2, "A", right=None),
        ]


def test_a_class_that_came_by_two_devices_is_there_once() -> None:
    twin = PupilsListed(OTHER_VILLAGE.id, SCHOOL, ["小明", "小红"], 4, "c2", ["p2", "p7"], [2, 1])
    gone = PupilMarked(ROOM, SCHOOL, 1, here=False)
    other = RollTaken(OTHER_VILLAGE.id, SCHOOL, 2)
    book = written_up(log(LISTED, gone, TAKEN, twin, other, Ended()))
    assert [one.here for one in book.attended] == [True, True]
