import pytest

from synclass.conduct import Left
from synclass.errors import Refused
from synclass.inclass.hands import HandLowered, HandRaised, Hands, LowerHand, RaiseHand
from synclass.inclass.stage import StageEntered

from ..conftest import OTHER_VILLAGE, TEACHER, VILLAGE


def raised() -> Hands:
    hands = Hands()
    hands.apply(HandRaised(VILLAGE.id), at=3)
    hands.apply(HandRaised(OTHER_VILLAGE.id), at=5)
    return hands


def test_hands_stand_in_the_order_they_were_raised() -> None:
    assert list(raised().raised) == [VILLAGE.id, OTHER_VILLAGE.id]


def test_raising_a_raised_hand_does_nothing() -> None:
    assert list(raised().decide(VILLAGE, RaiseHand(), now=9)) == []


def test_going_on_stage_or_away_lowers_the_hand() -> None:
    hands = raised()
    hands.apply(StageEntered(VILLAGE.id, 1), at=6)
    hands.apply(Left(OTHER_VILLAGE.id), at=7)
    assert hands == Hands()


def test_a_room_lowers_its_own_hand_and_the_teacher_anybodys() -> None:
    for by in (VILLAGE, TEACHER):
        assert list(raised().decide(by, LowerHand(VILLAGE.id), now=9)) == [HandLowered(VILLAGE.id)]
    with pytest.raises(Refused, match="somebody else"):
        list(raised().decide(OTHER_VILLAGE, LowerHand(VILLAGE.id), now=9))
