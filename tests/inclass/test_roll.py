import pytest
from msgspec import structs

from synclass.channel import Command
from synclass.conduct import Ended, Joined, Left, Lost
from synclass.errors import Refused
from synclass.inclass.roll import (
    EndPick,
    ListPupils,
    MarkPupil,
    PickEnded,
    PickPupil,
    PupilMarked,
    PupilPicked,
    PupilsListed,
    Roll,
    RollTaken,
    RoomPicked,
    SeatClass,
    TakeRoll,
    count_here,
)
from synclass.inclass.stage import StageLeft
from synclass.words import SYSTEM, Participant, ParticipantId

from ..conftest import CO_TEACHER, OTHER_VILLAGE, TEACHER, VILLAGE

NAMES = ["李小明", "王芳", ""]


def class_of(*rooms: Participant) -> Roll:
    roll = Roll()
    for seat, room in enumerate(rooms, 2):
        roll.apply(Joined(room, seat), at=0)
    return roll


def listed() -> Roll:
    roll = class_of(VILLAGE)
    ask(roll, VILLAGE, ListPupils(VILLAGE.id, NAMES))
    return roll


def ask(roll: Roll, by: Participant, command: Command, now: float = 1) -> list[object]:
    facts = list(roll.decide(by, command, now))
    for fact in facts:
        roll.apply(fact, now)
    return list(facts)


def refused(roll: Roll, by: Participant, command: Command) -> str:
    with pytest.raises(Refused) as refusal:
        list(roll.decide(by, command, now=9))
    return refusal.value.code


def test_whoever_is_listed_is_here_until_somebody_says_not() -> None:
    roll = listed()
    assert count_here(roll.rosters[VILLAGE.id]) == 3
    assert ask(roll, CO_TEACHER, MarkPupil(VILLAGE.id, 2, here=False)) == [
        PupilMarked(VILLAGE.id, "caoxing", 2, here=False)
    ]
    assert ask(roll, VILLAGE, TakeRoll(VILLAGE.id), now=7) == [
        RollTaken(VILLAGE.id, "caoxing", here=2)
    ]
    assert roll.rosters[VILLAGE.id].taken_at == 7


def test_marking_what_is_so_already_says_nothing() -> None:
    assert ask(listed(), VILLAGE, MarkPupil(VILLAGE.id, 2, here=True)) == []


def test_names_lose_the_blanks_around_them_and_one_without_a_name_has_a_number() -> None:
    roll = class_of(VILLAGE)
    [fact] = ask(roll, VILLAGE, ListPupils(VILLAGE.id, ["  李 小明\n", ""], columns=2))
    assert fact == PupilsListed(VILLAGE.id, "caoxing", ["李 小明", ""], 2)


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (ListPupils(VILLAGE.id, []), "bad-roster"),
        (ListPupils(VILLAGE.id, [""] * 81), "bad-roster"),
        (ListPupils(VILLAGE.id, ["明" * 41]), "bad-roster"),
        (ListPupils(VILLAGE.id, NAMES, columns=0), "bad-roster"),
        (ListPupils(VILLAGE.id, NAMES, columns=13), "bad-roster"),
        (ListPupils(ParticipantId("nobody"), NAMES), "no-room"),
        (MarkPupil(VILLAGE.id, 0, here=False), "no-pupil"),
        (MarkPupil(VILLAGE.id, 4, here=False), "no-pupil"),
        (ListPupils(OTHER_VILLAGE.id, NAMES), "not-yours"),
        (TakeRoll(OTHER_VILLAGE.id), "not-yours"),
    ],
)
def test_what_cannot_be_is_refused(command: Command, code: str) -> None:
    roll = listed()
    roll.apply(Joined(OTHER_VILLAGE, 3), at=0)
    assert refused(roll, VILLAGE, command) == code


def test_nobody_is_marked_before_they_are_listed() -> None:
    assert refused(class_of(VILLAGE), VILLAGE, TakeRoll(VILLAGE.id)) == "no-roster"


def test_another_village_sees_no_name() -> None:
    roll = listed()
    roll.apply(Joined(OTHER_VILLAGE, 3), at=0)
    ask(roll, TEACHER, PickPupil(0, VILLAGE.id))
    theirs = roll.facing(OTHER_VILLAGE)
    assert theirs.rosters == {}
    assert theirs.pick and (theirs.pick.room, theirs.pick.pupil, theirs.pick.name) == (
        VILLAGE.id,
        0,
        "",
    )
    for viewer in (TEACHER, VILLAGE, CO_TEACHER):
        assert roll.facing(viewer) == roll


def test_no_room_is_picked_again_before_every_room_was() -> None:
    roll = class_of(VILLAGE, OTHER_VILLAGE)
    picked = []
    for dice in (5, 5, 8, 8, 3, 3):
        ask(roll, TEACHER, PickPupil(dice))
        assert roll.pick
        picked.append(roll.pick.room)
    for first in (0, 2, 4):
        assert set(picked[first : first + 2]) == {VILLAGE.id, OTHER_VILLAGE.id}


def test_no_pupil_is_picked_again_before_every_pupil_was() -> None:
    roll = listed()
    picked = set()
    for dice in (4, 4, 4):
        _, fact = ask(roll, TEACHER, PickPupil(dice))
        assert isinstance(fact, PupilPicked)
        picked.add(fact.pupil)
    assert picked == {1, 2, 3}


def test_the_same_dice_pick_the_same_pupil() -> None:
    one, other = listed(), listed()
    facts = ask(one, TEACHER, PickPupil(1234567))
    assert facts == ask(other, TEACHER, PickPupil(1234567))
    assert facts[0] == RoomPicked(VILLAGE.id, 1234567)


def test_who_is_not_here_is_not_picked() -> None:
    roll = listed()
    for number in (1, 2):
        ask(roll, VILLAGE, MarkPupil(VILLAGE.id, number, here=False))
    for dice in range(5):
        _, fact = ask(roll, TEACHER, PickPupil(dice))
        assert isinstance(fact, PupilPicked)
        assert fact.pupil == 3
    ask(roll, VILLAGE, MarkPupil(VILLAGE.id, 3, here=False))
    assert refused(roll, TEACHER, PickPupil(0, VILLAGE.id)) == "nobody-here"
    assert refused(roll, TEACHER, PickPupil(0)) == "no-room"


@pytest.mark.parametrize("gone", [Lost(VILLAGE.id), Left(VILLAGE.id)])
def test_a_room_whose_line_is_lost_is_not_picked(gone: Lost | Left) -> None:
    roll = class_of(VILLAGE)
    roll.apply(gone, at=5)
    assert refused(roll, TEACHER, PickPupil(3)) == "no-room"
    roll.apply(Joined(VILLAGE, 2), at=6)
    assert ask(roll, TEACHER, PickPupil(3)) == [RoomPicked(VILLAGE.id, 3)]


def test_a_pick_ends_with_the_answer_the_teacher_or_the_bell() -> None:
    for end in (StageLeft(VILLAGE.id), PickEnded(), Ended()):
        roll = listed()
        ask(roll, TEACHER, PickPupil(0))
        roll.apply(StageLeft(OTHER_VILLAGE.id), at=3)
        assert roll.pick
        roll.apply(end, at=4)
        assert roll.pick is None
        assert ask(roll, TEACHER, EndPick()) == []


SEATED = SeatClass(VILLAGE.id, "c2", ["李小明", "王芳"], ["p1", "p2"], [7, 0], 6)


def test_a_class_from_the_books_has_its_ids_and_its_seats() -> None:
    roll = class_of(VILLAGE)
    [fact] = ask(roll, SYSTEM, SEATED)
    assert isinstance(fact, PupilsListed)
    assert fact.audience() == PupilsListed(VILLAGE.id, "caoxing", [], 1).audience()
    roster = roll.rosters[VILLAGE.id]
    assert [(pupil.name, pupil.id) for pupil in roster.pupils] == [("李小明", "p1"), ("王芳", "p2")]
    assert (roster.classroom, roster.seats, roster.columns) == ("c2", [7, 0], 6)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"room": OTHER_VILLAGE.id}, "no-room"),
        ({"names": [], "pupils": [], "seats": []}, "bad-roster"),
        ({"seats": [1]}, "bad-roster"),
        ({"seats": [1, 1]}, "bad-roster"),
        ({"seats": [401, 1]}, "bad-roster"),
        ({"columns": 21}, "bad-roster"),
        ({"names": ["长" * 81, "王芳"]}, "bad-roster"),
    ],
)
def test_books_that_cannot_be_are_refused(changes: dict[str, object], code: str) -> None:
    assert refused(class_of(VILLAGE), SYSTEM, structs.replace(SEATED, **changes)) == code
