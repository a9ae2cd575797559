import pytest
from msgspec import structs

from synclass.conduct import Joined, Left
from synclass.errors import Refused
from synclass.preclass.handout import (
    LONGEST_TITLE,
    MOST_GONE,
    MOST_SHEETS,
    AddHandout,
    CountSheets,
    HandoutAdded,
    HandoutRemoved,
    Handouts,
    RemoveHandout,
    Sheet,
    SheetsCounted,
)
from synclass.words import SYSTEM, Participant

from ..conftest import OTHER_VILLAGE, PATROL, TEACHER, VILLAGE

SHEETS = [Sheet(f"{n:064x}.svg", 960, 540, 15_000) for n in range(20)]


def handed_out() -> Handouts:
    channel = Handouts()
    channel.apply(HandoutAdded(1, "分数的意义", SHEETS), at=1)
    channel.apply(SheetsCounted(VILLAGE.id, 1, 20), at=9)
    channel.apply(SheetsCounted(OTHER_VILLAGE.id, 1, 7), at=9)
    return channel


@pytest.mark.parametrize(
    ("viewer", "rooms"),
    [(TEACHER, {VILLAGE.id, OTHER_VILLAGE.id}), (VILLAGE, {VILLAGE.id}), (PATROL, {"both"})],
)
def test_a_room_sees_its_own_count_and_the_teacher_all(
    viewer: Participant, rooms: set[str]
) -> None:
    seen = set(handed_out().facing(viewer).counts)
    assert seen == (rooms if rooms != {"both"} else {VILLAGE.id, OTHER_VILLAGE.id})


def test_a_room_that_counts_the_same_twice_is_one_fact() -> None:
    channel = handed_out()
    assert list(channel.decide(VILLAGE, CountSheets(1, 20), now=10)) == []
    (counted,) = channel.decide(OTHER_VILLAGE, CountSheets(1, 8), now=10)
    assert counted == SheetsCounted(OTHER_VILLAGE.id, 1, 8)


def test_a_room_whose_cache_was_emptied_says_so() -> None:
    (counted,) = handed_out().decide(VILLAGE, CountSheets(1, 0), now=10)
    assert counted == SheetsCounted(VILLAGE.id, 1, 0)


def test_nobody_has_more_pages_than_there_are() -> None:
    for pages in (21, -1):
        with pytest.raises(Refused, match="more pages"):
            list(handed_out().decide(VILLAGE, CountSheets(1, pages), now=10))


def test_what_was_taken_away_is_gone_and_its_number_is_never_given_again() -> None:
    channel = handed_out()
    channel.apply(HandoutRemoved(1), at=10)
    assert not channel.handouts and not any(channel.counts.values())
    with pytest.raises(Refused, match="taken away"):
        list(channel.decide(TEACHER, RemoveHandout(1), now=11))
    with pytest.raises(Refused, match="taken away"):
        list(channel.decide(VILLAGE, CountSheets(1, 20), now=11))
    (added,) = channel.decide(SYSTEM, AddHandout("练习", SHEETS), now=12)
    assert isinstance(added, HandoutAdded) and added.handout == 2


def test_a_long_title_is_cut_and_too_many_pages_are_refused() -> None:
    channel = handed_out()
    (added,) = channel.decide(SYSTEM, AddHandout("课" * 90, SHEETS), now=12)
    assert isinstance(added, HandoutAdded) and added.title == "课" * LONGEST_TITLE
    many = [structs.replace(SHEETS[0], width=n) for n in range(MOST_SHEETS)]
    with pytest.raises(Refused, match="at most"):
        list(channel.decide(SYSTEM, AddHandout("词典", many), now=12))


def test_what_a_room_fetched_in_the_evening_is_known_when_it_has_left() -> None:
    channel = Handouts()
    channel.apply(HandoutAdded(1, "分数的意义", SHEETS), at=1)
    channel.apply(Joined(VILLAGE, 1), at=2)
    channel.apply(SheetsCounted(VILLAGE.id, 1, 20), at=9)
    channel.apply(Left(VILLAGE.id), at=10)
    assert channel.gone == {VILLAGE.name: {1: 20}} and not channel.counts
    assert channel.facing(TEACHER).gone == channel.gone
    assert channel.facing(OTHER_VILLAGE).gone == {}, "a room knows only of itself"
    channel.apply(HandoutRemoved(1), at=11)
    assert channel.gone == {VILLAGE.name: {}}


def test_rooms_that_came_and_left_under_ever_new_names_are_forgotten_the_oldest_first() -> None:
    channel = Handouts()
    for n in range(MOST_GONE + 3):
        channel.apply(Joined(structs.replace(VILLAGE, name=f"教室{n}"), 1), at=n)
        channel.apply(SheetsCounted(VILLAGE.id, 1, 1), at=n)
        channel.apply(Left(VILLAGE.id), at=n)
    assert [*channel.gone] == [f"教室{n}" for n in range(3, MOST_GONE + 3)]
