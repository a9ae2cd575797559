from synclass.channel import Fact
from synclass.conduct import Ended, Joined, Left, Lost
from synclass.inclass.attendance import Attendance, LinkReport, silent_since
from synclass.inclass.hands import HandRaised
from synclass.inclass.layers import LayerShown
from synclass.inclass.roll import RoomPicked
from synclass.inclass.stage import Enlarged, StageEntered, StageLeft

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


def test_a_room_has_had_a_turn_when_it_spoke_or_was_looked_at() -> None:
    turns = (RoomPicked(VILLAGE.id, 0), Enlarged(VILLAGE.id), LayerShown(VILLAGE.id, 1, []))
    for turn in turns:
        attendance = after((0, Joined(VILLAGE, 2)), (100, turn), (110, Enlarged(None)))
        assert silent_since(attendance, VILLAGE.id, 10) == 100
    spoken = after(
        (0, Joined(VILLAGE, 2)), (50, StageEntered(VILLAGE.id, 1)), (70, StageLeft(VILLAGE.id))
    )
    assert silent_since(spoken, VILLAGE.id, 10) == 70


def test_a_room_waits_since_the_bell_or_since_it_came_and_a_broken_line_begins_nothing_anew() -> (
    None
):
    came = after((0, Joined(VILLAGE, 2)))
    assert silent_since(came, VILLAGE.id, None) is None
    assert silent_since(came, VILLAGE.id, 10) == 10
    assert silent_since(came, TEACHER.id, 10) is None
    late = (300, Joined(VILLAGE, 2)), (400, Lost(VILLAGE.id)), (460, Joined(VILLAGE, 2))
    assert silent_since(after(*late), VILLAGE.id, 10) == 300
    called = after(*late, (500, RoomPicked(VILLAGE.id, 0)), (510, Left(VILLAGE.id)))
    called.apply(Joined(VILLAGE, 2), 520)
    assert silent_since(called, VILLAGE.id, 10) == 500
    on_stage = after((0, Joined(VILLAGE, 2)), (20, StageEntered(VILLAGE.id, 1)))
    assert silent_since(on_stage, VILLAGE.id, 10) is None
