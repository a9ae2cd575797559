"""The lesson that has ended was written, spoken, asked and marked in, in this order."""

from synclass.cli.exhibit import taught
from synclass.cli.exhibit.people import ROOMS
from synclass.inclass.bookmarks import MarkMoment
from synclass.inclass.pages import AddPages
from synclass.inclass.quiz import AskQuiz, TallyQuiz
from synclass.inclass.roll import SeatClass, TakeRoll
from synclass.strokes import BeginStroke

CLASSES = {
    room.id: SeatClass(room.id, "x", [f"{n}" for n in range(15)], [""] * 15, [0] * 15, 4)
    for room in ROOMS
}
ASKED = taught.asked(CLASSES, 0.0)


def count(kind: type) -> int:
    return sum(isinstance(command, kind) for _, _, command in ASKED)


def test_it_has_pages_quizzes_a_roll_call_and_marks() -> None:
    assert count(BeginStroke) > 150 and count(AddPages) >= 2
    assert (count(AskQuiz), count(TallyQuiz), count(TakeRoll)) == (2, 6, 3)
    assert count(MarkMoment) == 4


def test_nothing_is_written_after_the_bell_and_all_is_in_order() -> None:
    times = [at for at, _, _ in ASKED]
    assert times == sorted(times)
    assert max(at for at, _, c in ASKED if isinstance(c, BeginStroke)) < taught.END
