"""Who looks after one school announces no contest of the region."""

from signaling.judging import announces
from synclass.ports import Account
from synclass.words import Role


def test_only_who_looks_after_the_region_announces() -> None:
    for role in Role:
        account = Account("x", "x", role, "", "")
        assert announces(account) is (role is Role.ADMIN), role
    assert not announces(Account("x", "x", Role.ADMIN, "中心小学", ""))
