import pytest

from synclass.channel import Command, Fact
from synclass.conduct import (
    LINE_GRACE,
    MOST_PRESENT,
    TEACHER_GRACE,
    Began,
    Begin,
    Conduct,
    Ended,
    Join,
    Joined,
    Leave,
    Left,
    Lose,
    Lost,
    Open,
)
from synclass.errors import Refused
from synclass.words import SYSTEM, Participant, Role, Stage

from .conftest import PATROL, TEACHER, VILLAGE, person


def ask(conduct: Conduct, by: Participant, command: Command, now: float = 0) -> list[Fact]:
    facts = list(conduct.decide(by, command, now))
    for fact in facts:
        conduct.apply(fact, now)
    return facts


@pytest.fixture
def conduct() -> Conduct:
    conduct = Conduct()
    ask(conduct, VILLAGE, Join())
    ask(conduct, TEACHER, Join())
    ask(conduct, TEACHER, Begin())
    return conduct


def test_the_bell_rings(conduct: Conduct) -> None:
    stages = [conduct.stage]
    conduct.apply(Ended(), at=9)
    assert [*stages, conduct.stage] == [Stage.INCLASS, Stage.POSTCLASS]
    assert (conduct.began_at, conduct.ended_at) == (0, 9)


def test_a_broken_line_keeps_its_place_for_a_while(conduct: Conduct) -> None:
    assert ask(conduct, SYSTEM, Lose(VILLAGE.id), 10) == [Lost(VILLAGE.id)]
    assert conduct.wake_at() == 10 + LINE_GRACE
    assert ask(conduct, VILLAGE, Join(), 50) == [Joined(VILLAGE, 1)]
    assert conduct.wake_at() is None


def test_who_does_not_come_back_has_left(conduct: Conduct) -> None:
    ask(conduct, SYSTEM, Lose(VILLAGE.id), 10)
    assert list(conduct.wake(10 + LINE_GRACE)) == [Left(VILLAGE.id)]


def test_a_lost_teacher_may_come_back(conduct: Conduct) -> None:
    ask(conduct, SYSTEM, Lose(TEACHER.id), 60)
    assert conduct.wake_at() == 60 + TEACHER_GRACE
    ask(conduct, TEACHER, Join(), 100)
    assert conduct.wake_at() is None


def test_a_class_without_its_teacher_ends(conduct: Conduct) -> None:
    ask(conduct, TEACHER, Leave(), 60)
    assert list(conduct.wake(60 + TEACHER_GRACE)) == [Ended(reason="teacher-lost")]


def test_a_seat_is_never_given_to_another(conduct: Conduct) -> None:
    ask(conduct, VILLAGE, Leave())
    assert ask(conduct, person("new", Role.CLASSROOM), Join()) == [
        Joined(person("new", Role.CLASSROOM), 3)
    ]
    assert ask(conduct, VILLAGE, Join()) == [Joined(VILLAGE, 1)]


def test_joining_twice_is_one_joining(conduct: Conduct) -> None:
    assert ask(conduct, VILLAGE, Join()) == []


def test_a_patrol_is_seen_by_staff_and_by_no_room(conduct: Conduct) -> None:
    (joined,) = ask(conduct, PATROL, Join())
    assert not joined.audience().admits(VILLAGE) and joined.audience().admits(TEACHER)
    for fact in (*ask(conduct, SYSTEM, Lose(PATROL.id)), *ask(conduct, PATROL, Leave())):
        assert not fact.audience().admits(VILLAGE)
    assert PATROL.id not in conduct.facing(VILLAGE).seats
    assert PATROL.id in conduct.facing(TEACHER).seats


def test_a_server_that_takes_the_lesson_up_again_finds_all_lines_broken(conduct: Conduct) -> None:
    facts = ask(conduct, SYSTEM, Open(1, 1.7e9, "boot:5", "分数", "数学", "wang"), 70)
    assert facts[1:] == [Lost(VILLAGE.id), Lost(TEACHER.id)]
    assert (conduct.epoch, conduct.title) == (1, "分数")
    with pytest.raises(Refused, match="already holds"):
        list(conduct.decide(SYSTEM, Open(1, 1.7e9, "boot:5", "分数", "数学", "wang"), 71))


def test_a_lesson_has_an_end_to_its_benches() -> None:
    conduct = Conduct()
    for number in range(MOST_PRESENT):
        ask(conduct, person(f"room{number}", Role.CLASSROOM), Join())
    with pytest.raises(Refused, match="already"):
        ask(conduct, VILLAGE, Join())


def test_begun_is_a_fact_of_its_own() -> None:
    assert list(Conduct().decide(TEACHER, Begin(), 0)) == [Began()]
