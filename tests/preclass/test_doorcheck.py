import pytest
from msgspec import structs

from synclass.conduct import Joined, Left
from synclass.errors import Refused
from synclass.preclass.doorcheck import (
    DoorChecks,
    Finding,
    NoteCheck,
    RoomChecked,
    check_finding,
    grade_of,
    grades_of,
)
from synclass.words import SYSTEM, Participant

from ..conftest import CO_TEACHER, OTHER_VILLAGE, PATROL, TEACHER, VILLAGE

WELL = Finding(camera=True, level=40, heard=True, way="udp", down=2000, up=800, rtt=60)


@pytest.mark.parametrize(
    ("change", "grade"),
    [
        ({}, "A"),
        ({"heard": None}, "B"),
        ({"way": "tcp"}, "B"),
        ({"down": 500}, "B"),
        ({"up": 100}, "C"),
        ({"rtt": 900}, "C"),
        ({"camera": False}, "C"),
        ({"level": 2}, "C"),
        ({"level": -1}, "C"),
        ({"heard": False}, "D"),
        ({"way": "none"}, "D"),
        ({"down": 40}, "D"),
    ],
)
def test_a_room_is_as_good_as_the_worst_of_it(change: dict[str, object], grade: str) -> None:
    assert grade_of(grades_of(structs.replace(WELL, **change))) == grade


def joined() -> DoorChecks:
    channel = DoorChecks()
    for seat, room in enumerate((VILLAGE, OTHER_VILLAGE), 1):
        channel.apply(Joined(room, seat), at=0)
    return channel


def test_a_check_is_graded_and_the_latest_counts() -> None:
    channel = joined()
    for finding in (structs.replace(WELL, heard=False), WELL):
        (noted,) = channel.decide(SYSTEM, NoteCheck(VILLAGE.id, finding), now=5)
        assert isinstance(noted, RoomChecked)
        channel.apply(noted, at=5)
    assert channel.checks[VILLAGE.id].grades == ["A"] * 5
    channel.apply(Left(VILLAGE.id), at=9)
    assert not channel.checks


@pytest.mark.parametrize(
    ("viewer", "sees"),
    [(TEACHER, True), (VILLAGE, True), (CO_TEACHER, True), (PATROL, True), (OTHER_VILLAGE, False)],
)
def test_a_village_does_not_see_how_another_is_off(viewer: Participant, sees: bool) -> None:
    channel = joined()
    (noted,) = channel.decide(SYSTEM, NoteCheck(VILLAGE.id, WELL), now=5)
    channel.apply(noted, at=5)
    assert bool(channel.facing(viewer).checks) is sees
    assert noted.audience().admits(viewer) is sees


def test_a_room_that_never_came_is_not_checked() -> None:
    with pytest.raises(Refused, match="not in the lesson"):
        list(DoorChecks().decide(SYSTEM, NoteCheck(VILLAGE.id, WELL), now=5))


@pytest.mark.parametrize("change", [{"level": 101}, {"level": -2}, {"down": -1}, {"rtt": 10**9}])
def test_what_nobody_can_have_measured_is_refused(change: dict[str, int]) -> None:
    with pytest.raises(Refused) as refusal:
        check_finding(structs.replace(WELL, **change))
    assert refusal.value.code == "bad-check"
