import stat
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from synclass.adapters.registry import SqlRegistry
from synclass.cli import first


async def test_the_first_password_is_told_until_it_is_changed(tmp_path: Path) -> None:
    registry = await SqlRegistry.open(tmp_path / "synclass.sqlite")
    try:
        password = await first.prepare(registry, tmp_path, demo=False)
        assert await first.prepare(registry, tmp_path, demo=True) == password
        assert stat.S_IMODE((tmp_path / "admin.password").stat().st_mode) == 0o600
        account = await registry.account("admin")
        assert account and PasswordHasher().verify(account.password, password)
        await first.set_password(registry, tmp_path, "admin", "quite-another")
        assert await first.prepare(registry, tmp_path, demo=True) == ""
        assert {a.name for a in await registry.accounts()} == {"admin", "wang", "li", "zhao"}
    finally:
        await registry.close()


async def test_a_password_for_nobody_is_refused(tmp_path: Path) -> None:
    registry = await SqlRegistry.open(tmp_path / "synclass.sqlite")
    try:
        with pytest.raises(LookupError):
            await first.set_password(registry, tmp_path, "nobody", "quite-another")
    finally:
        await registry.close()


def test_passwords_have_nothing_that_looks_like_something_else() -> None:
    words = {first.new_password() for _ in range(100)}
    assert len(words) == 100 and not set("".join(words)) & set("0o1il")
