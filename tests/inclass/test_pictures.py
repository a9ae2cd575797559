import pytest

from synclass.boxes import BoxGiven
from synclass.channel import Fact
from synclass.conduct import Joined
from synclass.errors import Refused
from synclass.inclass.board import Board, Let, LetSet
from synclass.inclass.layers import Layers, LayersClosed, LayersOpened
from synclass.inclass.pictures import (
    MOST_IN_ALL,
    MOST_OF_ONE,
    KeepPicture,
    PictureKept,
    Pictures,
    check_may_bring,
)
from synclass.inclass.stage import StageEntered
from synclass.preclass.handout import Sheet
from synclass.words import SYSTEM, Participant, ParticipantId

from ..conftest import CO_TEACHER, OTHER_VILLAGE, PATROL, TEACHER, VILLAGE

SHEET = Sheet("ab" * 32 + ".webp", 1280, 960, 90_000)


def brought(**counts: int) -> Pictures:
    return Pictures(counts={ParticipantId(who): count for who, count in counts.items()})


def keep(pictures: Pictures, who: ParticipantId) -> list[Fact]:
    facts = list(pictures.decide(SYSTEM, KeepPicture(who, SHEET), now=1))
    for fact in facts:
        pictures.apply(fact, at=1)
    return facts


def test_a_picture_is_kept_and_counted() -> None:
    pictures = Pictures()
    assert keep(pictures, VILLAGE.id) == [PictureKept(VILLAGE.id, SHEET)]
    keep(pictures, VILLAGE.id)
    assert pictures.counts == {VILLAGE.id: 2}


@pytest.mark.parametrize(
    "counts", [{VILLAGE.id: MOST_OF_ONE}, {f"r{n}": MOST_IN_ALL // 20 for n in range(20)}]
)
def test_there_are_not_too_many(counts: dict[str, int]) -> None:
    with pytest.raises(Refused) as refusal:
        keep(brought(**counts), VILLAGE.id)
    assert refusal.value.code == "too-many-pictures"


def test_a_room_hears_of_its_own_pictures_and_the_teacher_of_all() -> None:
    pictures = brought(**{VILLAGE.id: 1, OTHER_VILLAGE.id: 2})
    assert pictures.facing(VILLAGE).counts == {VILLAGE.id: 1}
    assert pictures.facing(TEACHER).counts == pictures.counts
    fact = PictureKept(VILLAGE.id, SHEET)
    admitted = [p for p in (TEACHER, VILLAGE, OTHER_VILLAGE) if fact.audience().admits(p)]
    assert admitted == [TEACHER, VILLAGE]


ON_STAGE = StageEntered(VILLAGE.id, 1)
BOX = BoxGiven(1, VILLAGE.id, 1, (0, 0, 400, 400))


@pytest.mark.parametrize(
    ("facts", "who", "may"),
    [
        ((), TEACHER, True),
        ((), VILLAGE, False),
        ((ON_STAGE,), VILLAGE, True),
        ((ON_STAGE, LetSet(Let.NOBODY)), VILLAGE, False),
        ((LetSet(Let.EVERYONE),), CO_TEACHER, True),
        ((LetSet(Let.EVERYONE),), PATROL, False),
        ((BOX,), VILLAGE, True),
        ((BOX,), OTHER_VILLAGE, False),
        ((LayersOpened(),), OTHER_VILLAGE, True),
        ((LayersOpened(), LayersClosed()), OTHER_VILLAGE, False),
    ],
)
def test_who_may_write_somewhere_may_bring_a_picture(
    facts: tuple[Fact, ...], who: Participant, may: bool
) -> None:
    board, layers = Board(), Layers()
    for seat, person in enumerate((TEACHER, VILLAGE, OTHER_VILLAGE, CO_TEACHER, PATROL), 1):
        board.apply(Joined(person, seat), at=0)
    for fact in facts:
        for channel in (board, layers):
            if isinstance(fact, channel.follows):
                channel.apply(fact, at=1)
    if may:
        return check_may_bring(who, board, layers)
    with pytest.raises(Refused) as refusal:
        check_may_bring(who, board, layers)
    assert refusal.value.code == "not-writing"
