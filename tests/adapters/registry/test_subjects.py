"""Who of another login is which account: a subject is one account's."""

import pytest
from msgspec.structs import replace

from synclass.adapters.registry import SqlRegistry
from synclass.errors import Refused
from synclass.ports import Subject

ONE = Subject("https://login.example.cn", "0815", "wang", 1000.0)


async def test_a_subject_is_one_accounts_until_it_is_unlinked(registry: SqlRegistry) -> None:
    other = Subject("https://other.example.cn", "0815", "li")
    for one in (ONE, replace(ONE, since=2000.0), other):
        await registry.link_subject(one)
    with pytest.raises(Refused) as refused:
        await registry.link_subject(Subject(ONE.issuer, ONE.subject, "li"))
    assert refused.value.code == "taken"
    assert await registry.subject(ONE.issuer, "0815") == ONE
    assert await registry.subjects("wang") == [ONE]
    await registry.unlink_subjects("wang")
    assert await registry.subject(ONE.issuer, "0815") is None
    assert await registry.subjects("li") == [other]
