from synclass.channel import Fact
from synclass.conduct import Ended, Joined, Left, Lost
from synclass.inclass.attendance import Attendance, LinkReport
from synclass.inclass.hands import HandRaised
from synclass.inclass.stage import StageEntered, StageLeft

from ..conftest import PATROL, TEACHER, VILLAGE


def after(*facts: tuple[float, Fact]) -> Attendance:
    attendance = Attendance()
    for at, fact in facts:
        attendance.apply(fact, at)
    return attendance


def test_the_time_of_a_room_whose_line_broke_counts_without_the_gap() -> None:
    attendance = after(
        (0, Joined(VILLAGE, 2)), (100, Lost(VILLAGE.id)), (140, Joined(VILLAGE, 2)), (240, Ended())
    )
    assert attendance.people[VILLAGE.id].seconds == 200


def test_joining_again_without_a_break_starts_nothing_anew() -> None:
    attendance = after((0, Joined(VILLAGE, 2)), (50, Joined(VILLAGE, 2)), (60, Left(VILLAGE.id)))
    assert attendance.people[VILLAGE.id].seconds == 60


def test_time_on_stage_and_hands_are_counted() -> None:
    attendance = after(
        (0, Joined(VILLAGE, 2)),
        (5, HandRaised(VILLAGE.id)),
        (10, StageEntered(VILLAGE.id, 1)),
        (25, StageLeft(VILLAGE.id)),
        (30, StageEntered(VILLAGE.id, 1)),
        (40, Left(VILLAGE.id)),
    )
    room = attendance.people[VILLAGE.id]
    assert (room.hands, room.on_stage, room.spoke_at) == (1, 25, 40)


def test_a_patrol_leaves_no_trace() -> None:
    assert after((0, Joined(PATROL, 3)), (9, Left(PATROL.id))).people == {}


def test_who_looks_in_after_the_bell_has_not_attended() -> None:
    attendance = after((0, Joined(TEACHER, 1)), (10, Ended()), (20, Joined(VILLAGE, 2)))
    assert list(attendance.people) == [TEACHER.id]


def test_only_teachers_see_how_a_rooms_line_is() -> None:
    audience = LinkReport(True, True, 5, 0, 40).audience()
    assert audience.admits(TEACHER) and audience.admits(PATROL) and not audience.admits(VILLAGE)
