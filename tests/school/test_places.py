"""Schools and classrooms that cannot be are refused."""

import pytest
from msgspec.structs import replace

from synclass.errors import Refused
from synclass.school.places import (
    BELLS,
    Bell,
    Classroom,
    School,
    check_classroom,
    check_name,
    check_school,
    named_in,
)

TOWN = School("s1", "中心小学", bells=BELLS)


def test_a_school_with_the_usual_bells_is_as_it_should_be() -> None:
    check_school(TOWN)


@pytest.mark.parametrize(
    "bells",
    [
        [Bell(540, 500)],
        [Bell(500, 500)],
        [Bell(-5, 20)],
        [Bell(1430, 1450)],
        [Bell(500, 540), Bell(530, 570)],
        [Bell(600, 640), Bell(500, 540)],
        [Bell(n * 10, n * 10 + 5) for n in range(17)],
    ],
)
def test_bells_that_cannot_ring_are_refused(bells: list[Bell]) -> None:
    with pytest.raises(Refused) as refused:
        check_school(replace(TOWN, bells=bells))
    assert refused.value.code == "bad-bells"


def test_a_room_has_as_many_seats_as_one_can_see() -> None:
    check_classroom(Classroom("c1", "s1", "一年级一班", 6, 8))
    for rows, columns in ((21, 1), (1, 21), (-1, 1)):
        with pytest.raises(Refused) as refused:
            check_classroom(Classroom("c1", "s1", "一年级一班", rows, columns))
        assert refused.value.code == "bad-seats"


@pytest.mark.parametrize("name", ["", " 王", "王\n", "王\x00", "王" * 81, "王\u202e"])
def test_a_name_that_cannot_be_read_is_refused(name: str) -> None:
    with pytest.raises(Refused):
        check_name("s1", name)
    with pytest.raises(Refused):
        check_name(name, "中心小学")


@pytest.mark.parametrize("name", ["<b>王</b>", "=1+1", "O'Neill", "𠮷野家", "阿依古丽·买买提"])
def test_every_name_that_can_be_read_is_taken_as_it_is(name: str) -> None:
    check_name("s1", name)


def test_a_classroom_is_of_the_school_whose_name_its_name_begins_with() -> None:
    long = School("s2", "中心小学分校", bells=BELLS)
    assert named_in("中心小学分校 三年级", [TOWN, long]) is long
    assert named_in("中心小学三年级", [TOWN, long]) is TOWN
    assert named_in("文化馆", [TOWN, long]) is None
