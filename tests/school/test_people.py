"""Every pupil has a seat of their own, or stands."""

import pytest
from msgspec.structs import replace

from synclass.errors import Refused
from synclass.school.people import Part, Person, check_person, seats
from synclass.school.places import Classroom

ROOM = Classroom("c1", "s1", "一年级一班", 2, 2)
MING = Person("p1", "s1", "小明", Part.PUPIL, "20260001", "", "c1", 1, 2)


def test_a_roster_is_a_map_of_seats_and_those_who_stand() -> None:
    hong = replace(MING, id="p2", name="小红", row=2, column=2)
    late = [replace(MING, id="p3"), replace(MING, id="p4", row=3), replace(MING, id="p5", row=0)]
    taken, standing = seats(ROOM, [MING, hong, *late])
    assert taken == {(1, 2): MING, (2, 2): hong}
    assert standing == late


@pytest.mark.parametrize(
    "wrong",
    [
        replace(MING, name=""),
        replace(MING, number="1" * 61),
        replace(MING, number="1\n"),
        replace(MING, classroom=""),
        replace(MING, row=0),
        replace(MING, column=21),
    ],
)
def test_a_pupil_that_cannot_be_is_refused(wrong: Person) -> None:
    check_person(MING)
    check_person(replace(MING, row=0, column=0))
    with pytest.raises(Refused):
        check_person(wrong)
