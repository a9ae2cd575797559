"""A sealed secret says nothing, and opens for its own webhook on its own server alone."""

from pathlib import Path

import pytest

from signaling.vault import Vault, is_sealed
from synclass.cli.backup import backup
from synclass.cli.config import key
from synclass.cli.restore import restore

SECRET = "whsec_c2VjcmV0"
ONE = Vault(b"1" * 32)


def test_a_secret_opens_for_whose_it_is_and_for_nobody_else() -> None:
    sealed = ONE.seal(SECRET, "h1")
    assert is_sealed(sealed) and "c2VjcmV0" not in sealed and ONE.seal(SECRET, "h1") != sealed
    assert ONE.open(sealed, "h1") == SECRET
    assert ONE.open(sealed, "h2") is None and Vault(b"2" * 32).open(sealed, "h1") is None


def test_one_of_before_lies_open_and_is_read() -> None:
    assert not is_sealed(SECRET) and ONE.open(SECRET, "h1") == SECRET


@pytest.mark.parametrize("harm", ["sealed1:", "sealed1:?", "sealed1:AAAA", "sealed1:" + "A" * 80])
def test_what_was_never_sealed_does_not_open(harm: str) -> None:
    assert ONE.open(harm, "h1") is None


def test_every_byte_that_is_changed_keeps_it_shut() -> None:
    sealed = ONE.seal(SECRET, "h1")
    for at in range(len("sealed1:"), len(sealed)):
        other = "B" if sealed[at] != "B" else "C"
        assert ONE.open(sealed[:at] + other + sealed[at + 1 :], "h1") is None


def test_a_house_that_was_restored_with_its_keys_opens_it(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    sealed = Vault(key(tmp_path / "old")).seal(SECRET, "h1")
    backup(tmp_path / "old", tmp_path / "b.tar")
    restore(tmp_path / "b.tar", tmp_path / "new")
    assert Vault(key(tmp_path / "new")).open(sealed, "h1") == SECRET
    (tmp_path / "other").mkdir()
    assert Vault(key(tmp_path / "other")).open(sealed, "h1") is None
