"""A course is of the timetable, or of the library, whose lessons are taken one after the other."""

import pytest
from msgspec.structs import replace

from synclass.errors import Refused
from synclass.school.course import Course, check_course, next_of
from synclass.school.timetable import Kind
from synclass.words import LessonId

ONE, TWO, THREE = map(LessonId, ("m1", "m2", "m3"))
RECORDED = Course("k1", "s1", "分数十讲", "数学", "三年级", "p1", Kind.LIBRARY, lessons=[ONE, TWO])
WEEKLY = replace(RECORDED, kind=Kind.DEDICATED, lessons=[], term="t1")


@pytest.mark.parametrize(
    "course",
    [
        replace(RECORDED, lessons=[]),
        replace(RECORDED, lessons=[ONE, ONE]),
        replace(RECORDED, lessons=[LessonId(f"m{n}") for n in range(101)]),
        replace(WEEKLY, lessons=[ONE]),
        replace(WEEKLY, term=""),
        replace(WEEKLY, title=""),
        replace(WEEKLY, grade="x" * 81),
    ],
)
def test_a_course_that_cannot_be_is_refused(course: Course) -> None:
    check_course(RECORDED)
    check_course(WEEKLY)
    with pytest.raises(Refused):
        check_course(course)


def test_lessons_are_taken_in_their_order_and_a_lost_one_holds_nobody_up() -> None:
    order = [ONE, TWO, THREE]
    assert next_of(order, [], order) == ONE
    assert next_of(order, [ONE], order) == TWO
    assert next_of(order, [ONE], [ONE, THREE]) == THREE
    assert next_of(order, order, order) is None
