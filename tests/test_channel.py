from synclass.channel import EVERYONE, STAFF_ONLY, TEACHERS, Audience, tag_of
from synclass.inclass.hands import RaiseHand
from synclass.words import Role

from .conftest import ADMIN, CO_TEACHER, OTHER_VILLAGE, PATROL, PEOPLE, TEACHER, person


def test_everyone_is_everyone() -> None:
    assert all(EVERYONE.admits(viewer) for viewer in PEOPLE)


def test_an_audience_of_one_school_is_its_co_teachers_and_those_who_patrol() -> None:
    audience = Audience(school="caoxing")
    admitted = [viewer for viewer in PEOPLE if audience.admits(viewer)]
    assert admitted == [CO_TEACHER, PATROL, ADMIN]


def test_a_room_that_calls_itself_by_anothers_name_sees_nothing_of_it() -> None:
    stranger = person("stranger", Role.CLASSROOM, "caoxing")
    assert not Audience(school="caoxing").admits(stranger)
    assert not Audience().admits(person("nowhere", Role.CO_TEACHER))


def test_an_audience_of_nobody_is_those_who_patrol() -> None:
    assert [viewer for viewer in PEOPLE if Audience().admits(viewer)] == [PATROL, ADMIN]


def test_words_to_the_teachers_do_not_reach_a_room() -> None:
    assert TEACHERS.admits(TEACHER) and TEACHERS.admits(CO_TEACHER)
    assert not TEACHERS.admits(OTHER_VILLAGE)


def test_staff_know_that_a_patrol_is_there() -> None:
    assert STAFF_ONLY.admits(TEACHER) and not STAFF_ONLY.admits(CO_TEACHER)


def test_a_tag_is_the_same_for_a_command_and_its_type() -> None:
    assert tag_of(RaiseHand()) == tag_of(RaiseHand) == "hand.raise"
