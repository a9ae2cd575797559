"""Whoever sends a token acts for its owner, no farther than its scopes, no longer than it lasts."""

import time
from pathlib import Path

import pytest
from aiohttp.test_utils import make_mocked_request

from signaling import apikeys
from synclass.errors import Refused
from synclass.ports import Account, Token
from synclass.words import Role

from ..founded import founded

WANG = Account("wang", "王老师", Role.TEACHER, "", "$argon2id$")


def sent(**headers: str) -> str:
    return apikeys.sent(make_mocked_request("GET", "/", headers=headers))


def test_a_token_is_told_from_a_door_ticket() -> None:
    assert (
        sent(Authorization="Bearer sct_a_b") == sent(Authorization="bearer  sct_a_b ") == "sct_a_b"
    )
    assert sent() == sent(Authorization="Bearer eyJ") == sent(Authorization="Basic sct_a_b") == ""


async def test_only_the_whole_token_of_somebody_who_is_there_opens(tmp_path: Path) -> None:
    registry = await founded(tmp_path / "synclass.sqlite")
    now = time.time()
    await registry.save_account(WANG)
    for id_, account, ends in (("t1", "wang", now + 60), ("t2", "wang", now), ("t3", "gone", 9e9)):
        hashed = apikeys.hash_of("a_b")  # a secret may have the sign that stands before it
        await registry.save_token(Token(id_, account, "x", hashed, ["lessons.read"], now, ends))
    assert await apikeys.owner(registry, apikeys.text_of("t1", "a_b"), "lesson.list") == WANG
    used = await registry.token("t1")
    assert used and used.used_at >= now
    for text in ("sct_t1_other", "sct_t1", "sct_", "sct_t2_a_b", "sct_t3_a_b", "sct_t9_a_b"):
        with pytest.raises(Refused) as refusal:
            await apikeys.owner(registry, text, "lesson.list")
        assert refusal.value.code == "bad-token", text
    with pytest.raises(Refused) as refusal:
        await apikeys.owner(registry, apikeys.text_of("t1", "a_b"), "lesson.make")
    assert refusal.value.code == "token-scope"
    await registry.close()
