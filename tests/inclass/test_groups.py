import pytest

from synclass.channel import Command, Fact
from synclass.conduct import Ended, Joined, Left
from synclass.errors import Refused
from synclass.groups import Group, GroupSaid, GroupsEnded, GroupsFormed, GroupVisited
from synclass.inclass.groups import (
    KEPT,
    EndGroups,
    FormGroups,
    Groups,
    SayInGroup,
    VisitGroup,
)
from synclass.inclass.stage import StageEntered, StageLeft
from synclass.words import Participant, ParticipantId

from ..conftest import OTHER_VILLAGE, PATROL, TEACHER, VILLAGE

ONE, TWO = VILLAGE.id, OTHER_VILLAGE.id
APART = FormGroups([[ONE], [TWO]], [" 量一量  课桌 "], 300)


def a_class() -> Groups:
    groups = Groups()
    for seat, who in enumerate((TEACHER, VILLAGE, OTHER_VILLAGE), 1):
        groups.apply(Joined(who, seat), at=0)
    return groups


def ask(groups: Groups, by: Participant, command: Command, now: float = 10) -> list[Fact]:
    facts = list(groups.decide(by, command, now))
    for fact in facts:
        groups.apply(fact, now)
    return facts


def refused(groups: Groups, by: Participant, command: Command) -> str:
    with pytest.raises(Refused) as refusal:
        list(groups.decide(by, command, now=9))
    return refusal.value.code


def test_each_room_is_a_group_with_a_task_until_the_time_is_over() -> None:
    groups = a_class()
    task = "量一量 课桌"
    assert ask(groups, TEACHER, APART) == [
        GroupsFormed([Group(1, [ONE], task), Group(2, [TWO], task)], 300)
    ]
    assert groups.wake_at() == 310
    assert list(groups.wake(310)) == [GroupsEnded()]
    groups.apply(GroupsEnded(), 310)
    assert (groups.groups, groups.wake_at()) == ([], None)


def test_who_is_on_stage_steps_down_when_groups_are_formed() -> None:
    groups = a_class()
    groups.apply(StageEntered(ONE, 1), 1)
    assert ask(groups, TEACHER, FormGroups([[ONE, TWO]], []))[0] == StageLeft(ONE)
    assert groups.on == []


def test_back_together_is_one_press_and_a_second_one_says_nothing() -> None:
    groups = a_class()
    ask(groups, TEACHER, FormGroups([[ONE, TWO]], ["a"]))
    ask(groups, TEACHER, VisitGroup(1))
    assert ask(groups, TEACHER, EndGroups()) == [GroupsEnded()]
    assert (groups.groups, groups.visited, groups.ends_at) == ([], 0, None)
    assert ask(groups, TEACHER, EndGroups()) == []


@pytest.mark.parametrize(
    ("groups", "tasks", "seconds", "code"),
    [
        ([], [], 0, "bad-groups"),
        ([[]], [], 0, "bad-groups"),
        ([[ONE], [ONE]], [], 0, "bad-groups"),
        ([[ONE, TWO, *map(ParticipantId, "abcd")]], [], 0, "bad-groups"),
        ([[ParticipantId("nobody")]], [], 0, "no-room"),
        ([[ONE]], ["a", "b"], 0, "bad-text"),
        ([[ONE]], ["长" * 201], 0, "bad-text"),
        ([[ONE]], [], -1, "bad-duration"),
        ([[ONE]], [], 3601, "bad-duration"),
    ],
)
def test_groups_that_cannot_be_are_refused(
    groups: list[list[ParticipantId]], tasks: list[str], seconds: int, code: str
) -> None:
    assert refused(a_class(), TEACHER, FormGroups(groups, tasks, seconds)) == code


def test_a_group_writes_to_itself_and_the_teacher_to_the_one_she_visits() -> None:
    groups = a_class()
    assert refused(groups, VILLAGE, SayInGroup("好")) == "no-group"
    ask(groups, TEACHER, APART)
    assert ask(groups, VILLAGE, SayInGroup(" 好 ")) == [GroupSaid(1, 1, ONE, "好", [ONE])]
    assert refused(groups, TEACHER, SayInGroup("好")) == "no-group"
    assert refused(groups, TEACHER, VisitGroup(3)) == "no-group"
    assert ask(groups, TEACHER, VisitGroup(2)) == [GroupVisited(2)]
    assert ask(groups, TEACHER, SayInGroup("到哪了？")) == [
        GroupSaid(2, 2, TEACHER.id, "到哪了？", [TWO])
    ]
    assert refused(groups, VILLAGE, SayInGroup(" ")) == "bad-text"
    assert [len(groups.facing(one).words) for one in (VILLAGE, OTHER_VILLAGE, PATROL)] == [1, 1, 2]


def test_only_the_last_words_of_each_group_are_kept() -> None:
    groups = a_class()
    ask(groups, TEACHER, APART)
    ask(groups, OTHER_VILLAGE, SayInGroup("二组"))
    for n in range(KEPT + 3):
        ask(groups, VILLAGE, SayInGroup(str(n)))
    assert [len(groups.facing(one).words) for one in (VILLAGE, OTHER_VILLAGE)] == [KEPT, 1]


def test_a_room_that_has_left_is_in_no_new_group_and_the_bell_ends_them() -> None:
    groups = a_class()
    groups.apply(Left(TWO), 5)
    assert refused(groups, TEACHER, APART) == "no-room"
    ask(groups, TEACHER, FormGroups([[ONE]], [], 60))
    groups.apply(Ended(), 20)
    assert (groups.groups, groups.wake_at()) == ([], None)
