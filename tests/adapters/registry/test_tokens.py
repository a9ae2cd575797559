"""Tokens: found by id, listed for their owner, used and forgotten."""

from msgspec import structs

from synclass.ports import Registry, Token

ONE = Token("t1", "wang", "教务系统", "hash", ["lessons.read"], 1000.0, 2000.0)


async def test_a_token_is_its_owners_until_it_is_taken_back(registry: Registry) -> None:
    later = structs.replace(ONE, id="t2", made_at=1500.0)
    for token in (ONE, later, structs.replace(ONE, id="t3", account="li")):
        await registry.save_token(token)
    assert await registry.tokens("wang") == [later, ONE]
    await registry.use_token("t1", 1600.0)
    assert await registry.token("t1") == structs.replace(ONE, used_at=1600.0)
    await registry.remove_token("t1")
    await registry.remove_token("t1")
    assert await registry.token("t1") is None
    assert await registry.tokens("wang") == [later]
