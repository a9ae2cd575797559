"""Accounts: found by their name and replaced by it."""

from synclass.ports import Account, Registry
from synclass.words import Role

WANG = Account("wang", "王老师", Role.TEACHER, "县一中", "$argon2id$1")


async def test_an_account_is_found_by_its_name_and_replaced_by_it(registry: Registry) -> None:
    assert await registry.account("wang") is None
    await registry.save_account(WANG)
    assert await registry.account("wang") == WANG
    moved = Account("wang", "王老师", Role.ADMIN, "县二中", "$argon2id$2")
    await registry.save_account(moved)
    await registry.save_account(Account("li", "李老师", Role.CO_TEACHER, "", ""))
    assert [account.name for account in await registry.accounts()] == ["li", "wang"]
    assert await registry.account("wang") == moved
    assert await registry.accounts_named({"wang", "nobody"}) == {"wang": moved}
    assert await registry.accounts_named(set()) == {}
