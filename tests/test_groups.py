from synclass.groups import GroupSaid

from .conftest import ADMIN, CO_TEACHER, OTHER_VILLAGE, PATROL, TEACHER, VILLAGE


def test_what_a_group_writes_is_read_by_it_the_teacher_and_those_who_look_after_all() -> None:
    said = GroupSaid(1, 1, VILLAGE.id, "三分之二", [VILLAGE.id])
    readers = (TEACHER, CO_TEACHER, VILLAGE, OTHER_VILLAGE, PATROL, ADMIN)
    assert [one for one in readers if said.audience().admits(one)] == [
        *(TEACHER, VILLAGE, PATROL, ADMIN)
    ]
