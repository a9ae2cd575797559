"""A quota says what would be too much, and what is nearly so."""

from collections.abc import Callable

import pytest

from synclass.errors import Refused
from synclass.school.quota import (
    Quota,
    Used,
    allowed,
    check_begin,
    check_kept,
    check_quota,
    check_room,
    level,
)


def test_a_school_has_what_holds_for_all_where_nothing_is_set_for_it() -> None:
    quotas = {"": Quota("", 3, 12, 100, 1), "s1": Quota("s1", lessons=5, version=2)}
    assert allowed(quotas, "s1") == Quota("s1", 5, 12, 100, 2)
    assert allowed(quotas, "s2") == Quota("s2", 3, 12, 100)
    assert allowed({}, "s2") == Quota("s2")


@pytest.mark.parametrize(
    ("tried", "code"),
    [
        (lambda: check_begin(Quota("s1", lessons=2), 2), "quota-lessons"),
        (lambda: check_room(Quota("s1", rooms=2), 3), "quota-rooms"),
        (lambda: check_kept(Quota("s1", kept=10), Used(0, 0, 4, 6)), "quota-kept"),
        (lambda: check_quota(Quota("s1", lessons=0)), "bad-quota"),
        (lambda: check_quota(Quota("s1", rooms=1_001)), "bad-quota"),
        (lambda: check_quota(Quota("s1", kept=1 << 60)), "bad-quota"),
    ],
)
def test_what_would_be_too_much_is_refused(tried: Callable[[], None], code: str) -> None:
    with pytest.raises(Refused) as refused:
        tried()
    assert refused.value.code == code


def test_what_is_within_a_quota_or_has_none_is_let_be() -> None:
    check_quota(Quota("", 1, 1, 1))
    for quota in (Quota("s1"), Quota("s1", 3, 3, 10)):
        check_begin(quota, 2)
        check_room(quota, 2)
        check_kept(quota, Used(0, 0, 4, 5))


@pytest.mark.parametrize(("kept", "said"), [(79, "enough"), (80, "low"), (100, "full")])
def test_a_shelf_is_nearly_full_before_it_is_full(kept: int, said: str) -> None:
    assert level(Quota("s1", kept=100), Used(recordings=kept)) == said
    assert level(Quota("s1"), Used(recordings=kept)) == "enough"
