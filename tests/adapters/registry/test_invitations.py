"""An invitation is accepted once, together with its account."""

import asyncio

import pytest
from msgspec import structs

from synclass.adapters.registry import SqlRegistry
from synclass.errors import Refused
from synclass.ports import Account, Invitation
from synclass.words import Role

ONE = Invitation("i1", "hash", "陈老师", Role.TEACHER, "草兴小学", "admin", 10.0, 100.0)
CHEN = Account("chen", "陈老师", Role.TEACHER, "草兴小学", "$argon2id$")


async def test_invitations_are_listed_newest_first_until_taken_back_or_old(
    registry: SqlRegistry,
) -> None:
    later = structs.replace(ONE, id="i2", made_at=20.0, expires_at=50.0)
    for one in (ONE, later):
        await registry.save_invitation(one)
    assert await registry.invitations() == [later, ONE]
    await registry.forget_invitations(before=60.0)
    assert await registry.invitations() == [ONE]
    await registry.remove_invitation("i1")
    await registry.remove_invitation("i1")
    assert await registry.invitation("i1") is None


async def test_of_two_who_open_one_link_one_comes_in(registry: SqlRegistry) -> None:
    await registry.save_invitation(ONE)
    others = [structs.replace(CHEN, name=f"chen{n}") for n in range(3)]
    asked = [registry.accept_invitation("i1", one) for one in others]
    answers = await asyncio.gather(*asked, return_exceptions=True)
    codes = sorted(one.code for one in answers if isinstance(one, Refused))
    assert codes == ["invitation-used"] * 2
    [account] = await registry.accounts()
    invitation = await registry.invitation("i1")
    assert invitation and invitation.account == account.name


async def test_a_name_that_is_taken_leaves_the_link_as_it_was(registry: SqlRegistry) -> None:
    await registry.save_invitation(ONE)
    other = structs.replace(CHEN, shown="另一位", role=Role.ADMIN)
    await registry.save_account(other)
    with pytest.raises(Refused) as refused:
        await registry.accept_invitation("i1", CHEN)
    assert refused.value.code == "name-taken"
    assert await registry.invitation("i1") == ONE
    assert await registry.account("chen") == other
