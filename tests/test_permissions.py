import pytest

from synclass.errors import Refused
from synclass.permissions import LOCAL, TABLE, Scope, check, check_owner, covers, scope
from synclass.words import Role, Stage


def said(role: Role, action: str, stage: Stage) -> Scope | str:
    """How far a right reaches, or the code of the refusal."""
    try:
        return check(role, action, stage)
    except Refused as refusal:
        return refusal.code


def wanted(role: Role, action: str, stage: Stage) -> Scope | str:
    rule = TABLE[action]
    if role not in rule.may:
        return "not-allowed"
    return rule.may[role] if stage in rule.when else "not-now"


@pytest.mark.parametrize("role", list(Role))
def test_every_cell_says_yes_or_no(role: Role) -> None:
    cells = [(role, action, stage) for action in TABLE for stage in Stage]
    print(f"{len(cells)} cells: what a {role} may, at each stage")
    assert [(*cell, said(*cell)) for cell in cells if said(*cell) != wanted(*cell)] == []
    assert len(cells) == len(TABLE) * len(Stage)


def test_what_the_table_does_not_know_is_denied() -> None:
    assert all(scope(role, "lesson.wish") is Scope.NONE for role in Role)


def test_only_the_server_speaks_for_the_server() -> None:
    servers = [action for action, rule in TABLE.items() if Role.SYSTEM in rule.may]
    assert len(servers) == 18
    assert all(list(TABLE[action].may) == [Role.SYSTEM] for action in servers)


def test_a_room_may_lower_its_own_hand_and_the_teacher_any() -> None:
    check_owner(Role.CLASSROOM, "hand.lower", own=True)
    check_owner(Role.TEACHER, "hand.lower", own=False)
    with pytest.raises(Refused, match="somebody else"):
        check_owner(Role.CLASSROOM, "hand.lower", own=False)


@pytest.mark.parametrize("role", list(Role))
def test_who_looks_after_one_school_reaches_no_farther(role: Role) -> None:
    for action, rule in TABLE.items():
        wide, narrow = scope(role, action), scope(role, action, school="中心小学")
        if role not in LOCAL:
            assert narrow is wide
        else:
            assert narrow is (Scope.NONE if rule.district else min(wide, Scope.SCHOOL))


@pytest.mark.parametrize(
    ("reach", "own", "near", "may"),
    [
        (Scope.NONE, True, True, False),
        (Scope.OWN, True, False, True),
        (Scope.OWN, False, True, False),
        (Scope.SCHOOL, False, True, True),
        (Scope.SCHOOL, True, False, True),
        (Scope.SCHOOL, False, False, False),
        (Scope.ALL, False, False, True),
    ],
)
def test_a_right_covers_what_its_reach_says(reach: Scope, own: bool, near: bool, may: bool) -> None:
    assert covers(reach, own=own, near=near) is may


def test_nobody_comes_through_open_doors_only() -> None:
    assert sorted(action for action, rule in TABLE.items() if rule.open) == [
        "api.read",
        "calendar.read",
        "client.load",
        "device.ask",
        "door.ask",
        "door.knock",
        "door.picture",
        "health.read",
        "invitation.accept",
        "invitation.open",
        "login.end",
        "login.read",
        "login.try",
        "slip.hand",
        "slip.read",
    ]
