import pytest

from synclass.conduct import Joined, Left
from synclass.errors import Refused
from synclass.groups import Group, GroupsEnded, GroupsFormed, GroupVisited
from synclass.inclass.light import taped
from synclass.inclass.stage import (
    PLACES,
    Cast,
    Enlarge,
    Enlarged,
    InviteOnStage,
    LeaveStage,
    OnStage,
    StageEntered,
    StageLeft,
    casts,
    watched,
)
from synclass.words import Participant, Role

from ..conftest import CO_TEACHER, OTHER_VILLAGE, PATROL, TEACHER, VILLAGE, person


def a_class(*on_stage: Participant) -> OnStage:
    stage = OnStage()
    for seat, who in enumerate((TEACHER, VILLAGE, OTHER_VILLAGE, PATROL), 1):
        stage.apply(Joined(who, seat), at=0)
    for place, who in enumerate(on_stage, 1):
        stage.apply(StageEntered(who.id, place), at=1)
    return stage


def shown(stage: OnStage, viewer: Participant) -> dict[tuple[str, int], str]:
    return {(cast.kind, cast.slot): cast.publisher for cast in casts(stage, viewer)}


def test_the_teacher_fills_the_main_slots_of_every_room() -> None:
    for viewer in (VILLAGE, OTHER_VILLAGE, PATROL, CO_TEACHER):
        plan = shown(a_class(), viewer)
        assert plan == {("audio", 0): "wang", ("video", 0): "wang", ("video", 1): "wang"}


def test_a_room_on_stage_is_heard_and_seen_by_all_but_itself() -> None:
    stage = a_class(VILLAGE)
    assert shown(stage, OTHER_VILLAGE)["audio", 1] == VILLAGE.id
    assert shown(stage, OTHER_VILLAGE)["video", 2] == VILLAGE.id
    assert VILLAGE.id not in shown(stage, VILLAGE).values()
    assert Cast("audio", 0, VILLAGE.id, "voice", True) in casts(stage, TEACHER)


def test_the_teachers_wall_shows_every_room_once_and_never_a_patrol() -> None:
    stage = a_class(VILLAGE)
    pictures = [cast.publisher for cast in casts(stage, TEACHER) if cast.kind == "video"]
    assert sorted(pictures) == sorted([VILLAGE.id, OTHER_VILLAGE.id])


def test_no_slot_is_given_twice() -> None:
    stage = a_class(VILLAGE, OTHER_VILLAGE)
    for viewer in (TEACHER, VILLAGE, PATROL):
        slots = [(cast.kind, cast.slot) for cast in casts(stage, viewer)]
        assert len(set(slots)) == len(slots)


def test_the_stage_has_four_places() -> None:
    stage = OnStage()
    rooms = [person(f"room{n}", Role.CLASSROOM) for n in range(PLACES + 1)]
    for seat, room in enumerate(rooms):
        stage.apply(Joined(room, seat), at=0)
    for room in rooms[:PLACES]:
        for fact in stage.decide(TEACHER, InviteOnStage(room.id), now=1):
            stage.apply(fact, at=1)
    assert sorted(stage.on.values()) == [1, 2, 3, 4]
    with pytest.raises(Refused, match="4 classrooms"):
        list(stage.decide(TEACHER, InviteOnStage(rooms[PLACES].id), now=2))


def test_a_room_may_step_down_but_not_push_another_down() -> None:
    stage = a_class(VILLAGE)
    assert list(stage.decide(VILLAGE, LeaveStage(VILLAGE.id), now=2)) == [StageLeft(VILLAGE.id)]
    with pytest.raises(Refused, match="somebody else"):
        list(stage.decide(OTHER_VILLAGE, LeaveStage(VILLAGE.id), now=2))


def test_a_room_that_is_not_here_cannot_be_called() -> None:
    with pytest.raises(Refused, match="not in the lesson"):
        list(a_class().decide(TEACHER, InviteOnStage(PATROL.id), now=1))


def test_a_co_teacher_speaks_through_her_rooms_microphone_and_has_no_place_of_her_own() -> None:
    stage = a_class()
    stage.apply(Joined(CO_TEACHER, 9), at=1)
    assert CO_TEACHER.id not in stage.wall


def test_one_picture_is_large_for_all_while_it_is_on_stage() -> None:
    stage = a_class(VILLAGE)
    assert list(stage.decide(TEACHER, Enlarge(VILLAGE.id), now=2)) == [Enlarged(VILLAGE.id)]
    stage.apply(Enlarged(VILLAGE.id), at=2)
    large = [c.publisher for c in casts(stage, OTHER_VILLAGE) if c.large and c.kind == "video"]
    assert large == [TEACHER.id, TEACHER.id, VILLAGE.id]
    assert list(stage.decide(TEACHER, Enlarge(VILLAGE.id), now=3)) == []
    with pytest.raises(Refused) as refusal:
        list(stage.decide(TEACHER, Enlarge(OTHER_VILLAGE.id), now=3))
    assert refusal.value.code == "not-on-stage"
    stage.apply(StageLeft(VILLAGE.id), at=4)
    assert stage.large is None


def test_who_leaves_frees_the_place() -> None:
    stage = a_class(VILLAGE)
    stage.apply(Left(VILLAGE.id), at=9)
    assert stage.on == {} and VILLAGE.id not in stage.wall


def test_who_looks_in_from_outside_gets_the_teacher_and_never_a_classroom() -> None:
    stage = a_class(VILLAGE, OTHER_VILLAGE)
    assert {cast.publisher for cast in watched(stage)} == {TEACHER.id}
    assert [(c.slot, c.track) for c in watched(stage, first="content")] == [
        (0, "voice"),
        (1, "camera"),
        (0, "content"),
    ]


def in_groups(*groups: list[Participant], visited: int = 0) -> OnStage:
    stage = a_class()
    formed = [Group(n, [who.id for who in group]) for n, group in enumerate(groups, 1)]
    stage.apply(GroupsFormed(formed), at=5)
    stage.apply(GroupVisited(visited), at=6)
    return stage


def heard(stage: OnStage, viewer: Participant) -> set[str]:
    return {who for (kind, _), who in shown(stage, viewer).items() if kind == "audio"}


def test_a_group_hears_itself_and_the_teacher_who_speaks_to_all() -> None:
    stage = in_groups([VILLAGE, OTHER_VILLAGE])
    assert heard(stage, VILLAGE) == {TEACHER.id, OTHER_VILLAGE.id}
    assert shown(stage, VILLAGE)["video", 2] == OTHER_VILLAGE.id
    assert heard(stage, TEACHER) == set()
    apart = in_groups([VILLAGE], [OTHER_VILLAGE])
    assert heard(apart, VILLAGE) == heard(apart, OTHER_VILLAGE) == {TEACHER.id}


def test_only_the_group_that_is_visited_hears_the_teacher_and_is_heard_by_her() -> None:
    stage = in_groups([VILLAGE], [OTHER_VILLAGE], visited=2)
    assert heard(stage, VILLAGE) == set()
    assert heard(stage, OTHER_VILLAGE) == {TEACHER.id}
    assert heard(stage, TEACHER) == {OTHER_VILLAGE.id}
    assert heard(stage, PATROL) == {TEACHER.id, OTHER_VILLAGE.id}
    assert heard(stage, CO_TEACHER) == set(), "of which village, the stage does not know"
    pictures = [cast.publisher for cast in casts(stage, TEACHER) if cast.kind == "video"]
    assert sorted(pictures) == sorted([VILLAGE.id, OTHER_VILLAGE.id]), "each once"
    assert taped(stage, {}) == taped(a_class(), {}), "what a group says is not recorded"


def test_nobody_comes_on_stage_until_the_groups_are_back() -> None:
    stage = in_groups([VILLAGE], visited=1)
    with pytest.raises(Refused) as refusal:
        list(stage.decide(TEACHER, InviteOnStage(VILLAGE.id), now=7))
    assert refusal.value.code == "in-groups"
    stage.apply(GroupsEnded(), at=8)
    assert (stage.groups, stage.visited) == ({}, 0)
    assert list(stage.decide(TEACHER, InviteOnStage(VILLAGE.id), now=9))


def test_who_has_left_is_in_the_group_again_when_it_is_back() -> None:
    stage = in_groups([VILLAGE, OTHER_VILLAGE])
    stage.apply(Left(OTHER_VILLAGE.id), at=9)
    assert heard(stage, VILLAGE) == {TEACHER.id}
    stage.apply(Joined(OTHER_VILLAGE, 3), at=10)
    assert heard(stage, VILLAGE) == {TEACHER.id, OTHER_VILLAGE.id}
