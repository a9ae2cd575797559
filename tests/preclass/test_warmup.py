import pytest

from synclass.channel import Command
from synclass.conduct import Began, Ended, Joined
from synclass.errors import Refused
from synclass.preclass.warmup import (
    DropWarmup,
    HideWarmup,
    SetWarmup,
    TallyWarmup,
    Warmup,
    WarmupShown,
)
from synclass.words import Participant

from ..conftest import CO_TEACHER, OTHER_VILLAGE, TEACHER, VILLAGE


def ask(channel: Warmup, by: Participant, command: Command, at: float = 1) -> None:
    for fact in list(channel.decide(by, command, now=at)):
        channel.apply(fact, at=at)


def warm() -> Warmup:
    """One question; two rooms are here."""
    channel = Warmup()
    for seat, room in enumerate((VILLAGE, OTHER_VILLAGE), 1):
        channel.apply(Joined(room, seat), at=0)
    ask(channel, TEACHER, SetWarmup(" 一半是 几分之几？", ["1/2", "1/3"]))
    return channel


def test_all_rooms_answers_are_added_and_shown_at_the_bell_until_hidden() -> None:
    channel = warm()
    ask(channel, VILLAGE, TallyWarmup(1, VILLAGE.id, [20, 3]))
    ask(channel, CO_TEACHER, TallyWarmup(1, VILLAGE.id, [21, 2]))
    ask(channel, OTHER_VILLAGE, TallyWarmup(1, OTHER_VILLAGE.id, [9, 9]))
    assert channel.wake_at() is None
    channel.apply(Began(), at=60)
    assert channel.wake_at() == 60
    (shown,) = channel.wake(60)
    assert shown == WarmupShown([1], [[30, 11]], 2)
    channel.apply(shown, at=60)
    assert channel.wake_at() is None and channel.shown == {1: [30, 11]}
    ask(channel, TEACHER, HideWarmup())
    assert channel.shown is None
    assert list(channel.decide(TEACHER, HideWarmup(), now=70)) == []


def test_a_lesson_without_questions_shows_nothing_at_the_bell() -> None:
    channel = Warmup()
    channel.apply(Began(), at=60)
    assert channel.wake_at() is None


def test_nothing_is_shown_after_the_end() -> None:
    channel = warm()
    channel.apply(Began(), at=60)
    channel.apply(Ended(), at=61)
    assert channel.wake_at() is None and channel.shown is None


def test_what_a_room_said_is_for_the_teacher_and_itself_until_then() -> None:
    channel = warm()
    ask(channel, VILLAGE, TallyWarmup(1, VILLAGE.id, [20, 3]))
    assert channel.facing(TEACHER).tallies and channel.facing(CO_TEACHER).tallies
    assert not channel.facing(OTHER_VILLAGE).tallies


def test_a_room_answers_for_itself_only() -> None:
    with pytest.raises(Refused) as refusal:
        ask(warm(), OTHER_VILLAGE, TallyWarmup(1, VILLAGE.id, [1, 1]))
    assert refusal.value.code == "not-yours"


@pytest.mark.parametrize("counts", [[1], [1, 2, 3], [-1, 2], [80, 1]])
def test_a_tally_that_cannot_be_is_refused(counts: list[int]) -> None:
    with pytest.raises(Refused) as refusal:
        ask(warm(), VILLAGE, TallyWarmup(1, VILLAGE.id, counts))
    assert refusal.value.code == "bad-tally"


@pytest.mark.parametrize(
    "asked",
    [
        SetWarmup(" ", ["a", "b"]),
        SetWarmup("a", ["a"]),
        SetWarmup("a", ["a", " "]),
        SetWarmup("一" * 201, ["a", "b"]),
        SetWarmup("a", ["a"] * 7),
        SetWarmup("a", ["a" * 61, "b"]),
    ],
)
def test_a_question_that_a_class_cannot_read_is_refused(asked: SetWarmup) -> None:
    with pytest.raises(Refused) as refusal:
        ask(Warmup(), TEACHER, asked)
    assert refusal.value.code == "bad-warmup"


def test_a_question_taken_away_is_not_answered_and_not_counted() -> None:
    channel = warm()
    ask(channel, TEACHER, DropWarmup(1))
    for command in (DropWarmup(1), TallyWarmup(1, VILLAGE.id, [1, 1])):
        with pytest.raises(Refused) as refusal:
            ask(channel, TEACHER, command)
        assert refusal.value.code == "no-warmup"


def test_a_warm_up_is_no_test() -> None:
    channel = Warmup()
    for _ in range(10):
        ask(channel, TEACHER, SetWarmup("几？", ["1", "2"]))
    with pytest.raises(Refused) as refusal:
        ask(channel, TEACHER, SetWarmup("几？", ["1", "2"]))
    assert refusal.value.code == "too-many-warmups"
