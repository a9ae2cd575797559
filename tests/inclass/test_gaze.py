import pytest

from synclass.channel import Glimpse
from synclass.conduct import Ended, Left
from synclass.inclass.gaze import (
    NO_SPOT,
    OPEN,
    WHOLE,
    Curtain,
    Gaze,
    Pointer,
    Seen,
    Sight,
    Spot,
    View,
)
from synclass.inclass.pages import PageTurned
from synclass.marks import HEIGHT, WIDTH

from ..conftest import TEACHER, VILLAGE


def kept(gaze: Gaze, glimpse: Glimpse) -> list[Sight]:
    facts = [fact for fact in gaze.witness(TEACHER, glimpse, now=1) if isinstance(fact, Seen)]
    for fact in facts:
        gaze.apply(fact, at=1)
    return [fact.sight for fact in facts]


def test_a_pointer_is_seen_until_it_is_lifted() -> None:
    gaze = Gaze()
    assert kept(gaze, Pointer(-1, -1)) == [], "nobody pointed"
    assert kept(gaze, Pointer(400, 80)) == [Pointer(400, 80)]
    assert kept(gaze, Pointer(400, 80)) == [], "it has not moved"
    assert gaze.pointers == {TEACHER.id: Pointer(400, 80)}
    assert kept(gaze, Pointer(-7, 80)) == [Pointer(-1, -1)]
    assert gaze.pointers == {}


def test_curtain_spotlight_and_view_stay_as_they_were_left() -> None:
    gaze = Gaze()
    for sight in (Curtain("bottom", 2000), Spot(900, 900, 300), View(960, 540, 3840)):
        assert kept(gaze, sight) == [sight]
        assert kept(gaze, sight) == []
    assert (gaze.curtain.reach, gaze.spot.radius, gaze.view.width) == (2000, 300, 3840)


def test_another_page_is_seen_whole_and_uncovered() -> None:
    for fact in (PageTurned(2), Ended()):
        gaze = Gaze({VILLAGE.id: Pointer(1, 1)}, Spot(9, 9, 99), Curtain("top", 9), View(0, 0, 960))
        gaze.apply(fact, at=1)
        assert gaze == Gaze({}, NO_SPOT, OPEN, WHOLE)


def test_whoever_leaves_points_no_more() -> None:
    gaze = Gaze({VILLAGE.id: Pointer(1, 1), TEACHER.id: Pointer(2, 2)})
    gaze.apply(Left(VILLAGE.id), at=1)
    assert list(gaze.pointers) == [TEACHER.id]


@pytest.mark.parametrize(
    "nonsense",
    [
        Pointer(1 << 40, 0),
        Spot(0, 1 << 40, 100),
        Spot(100, 100, 3),
        Spot(100, 100, -50),
        Curtain("top", HEIGHT + 1),
        Curtain("left", -1),
        View(0, 0, WIDTH + 8),
        View(-1, 0, 3840),
        View(4000, 0, 3840),
        View(0, 3000, 3840),
        View(0, 0, 12),
    ],
    ids=str,
)
def test_what_lies_beyond_the_board_is_not_kept(nonsense: Glimpse) -> None:
    assert kept(Gaze(), nonsense) == []
