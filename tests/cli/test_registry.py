"""A command of the owner asks the registry that the server has."""

from pathlib import Path

import pytest

from synclass.cli.registry import VARIABLE, opened
from synclass.errors import Unavailable


async def test_the_registry_lies_in_the_data_folder(tmp_path: Path) -> None:
    async with opened(tmp_path) as registry:
        assert await registry.accounts() == []
    assert (tmp_path / "synclass.sqlite").exists()


async def test_or_it_is_where_the_server_was_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, f"postgresql://synclass@/district?host={tmp_path}")
    with pytest.raises(Unavailable) as unavailable:
        async with opened(tmp_path):
            pass
    assert unavailable.value.code == "registry"
    assert not (tmp_path / "synclass.sqlite").exists()
