"""A scope is a part of the table of permissions, and hands out no other keys."""

import pytest

from synclass.permissions import TABLE
from synclass.scopes import SCOPES, having, within


@pytest.mark.parametrize("scope", SCOPES)
def test_a_scope_has_rows_of_the_table_that_want_an_account(scope: str) -> None:
    assert SCOPES[scope] <= TABLE.keys()
    assert not any(TABLE[action].open for action in SCOPES[scope])


def test_no_scope_has_what_gives_other_keys_or_cannot_be_undone() -> None:
    keys = {"token.make", "lesson.enter", "recording.watch", "account.save", "password.change"}
    never = keys | {"token.revoke", "lesson.erase", "recording.bring"}
    assert never <= TABLE.keys()
    assert not any(within(SCOPES, action) for action in never)


def test_any_scope_that_has_an_action_is_enough() -> None:
    assert having("timetable.read") == ["lessons.read", "district.read"]
    assert within(["audit.read", "lessons.read"], "lesson.list")
    assert not within(["audit.read", "of.tomorrow"], "lesson.list")
    assert not within([], "lesson.list")
