import pytest

from synclass.channel import sees
from synclass.errors import Refused
from synclass.inclass.aside import HelpCalled, Since
from synclass.village import check_speaks_for, seen_of, theirs
from synclass.words import Participant, Role

from .conftest import ADMIN, CO_TEACHER, OTHER_VILLAGE, PATROL, PEOPLE, TEACHER, VILLAGE, person


def test_what_is_a_rooms_own_is_seen_by_it_its_co_teacher_and_the_staff() -> None:
    whose = theirs(VILLAGE.id, "caoxing")
    admitted = [viewer for viewer in PEOPLE if sees(viewer, HelpCalled, whose)]
    assert admitted == [TEACHER, VILLAGE, CO_TEACHER, PATROL, ADMIN]


def test_a_co_teacher_sees_what_is_known_of_the_rooms_of_their_school() -> None:
    rooms = {VILLAGE.id: Since("caoxing", 1.0), OTHER_VILLAGE.id: Since("shuangmiao", 2.0)}
    assert list(seen_of(CO_TEACHER, HelpCalled, rooms)) == [VILLAGE.id]
    assert seen_of(TEACHER, HelpCalled, rooms) == rooms


def test_a_room_and_a_co_teacher_of_its_school_speak_for_it() -> None:
    for by in (VILLAGE, CO_TEACHER):
        check_speaks_for(by, "roll.list", VILLAGE.id, "caoxing")


@pytest.mark.parametrize(
    "by",
    [
        OTHER_VILLAGE,
        person("stranger", Role.CLASSROOM, "caoxing"),
        person("zhou", Role.CO_TEACHER, "shuangmiao"),
    ],
    ids=lambda by: by.id,
)
def test_nobody_else_speaks_for_it(by: Participant) -> None:
    with pytest.raises(Refused, match="somebody else"):
        check_speaks_for(by, "roll.list", VILLAGE.id, "caoxing")


def test_a_co_teacher_of_no_school_speaks_for_no_room() -> None:
    with pytest.raises(Refused):
        check_speaks_for(person("zhou", Role.CO_TEACHER), "roll.list", VILLAGE.id, "")
