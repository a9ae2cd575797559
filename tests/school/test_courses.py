"""What schools have of a subject, and which of their classrooms have not."""

from msgspec.structs import replace

from synclass.school.courses import Gap, Taught, coverage
from synclass.school.timetable import Kind

from ..adapters.registry.villages import LECTURING, LISTENING, MATHS

ROOMS = [LECTURING, LISTENING]
SONGS = replace(MATHS, id="l2", subject="音乐", weekday=2, listeners=[], weeks="odd")


def test_a_school_that_listens_has_the_subject_too() -> None:
    taught, gaps = coverage([MATHS], ROOMS)
    assert taught == [Taught("s1", "数学", 1.0, 1, True), Taught("s2", "数学", 1.0, 1, False)]
    assert gaps == []


def test_what_others_have_and_a_classroom_has_not_is_named() -> None:
    taught, gaps = coverage([MATHS, SONGS], ROOMS)
    assert Taught("s1", "音乐", 0.5, 1, True) in taught
    assert gaps == [Gap("s2", "音乐", ["三年级"])]


def test_what_is_after_school_or_elsewhere_or_has_no_subject_makes_no_gap() -> None:
    choir = replace(SONGS, id="l3", kind=Kind.AFTER_SCHOOL)
    elsewhere = replace(SONGS, id="l4", room="c9")
    assert coverage([choir, elsewhere, replace(SONGS, subject="")], ROOMS) == ([], [])
