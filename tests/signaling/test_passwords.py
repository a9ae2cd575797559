import pytest

from signaling.passwords import checked_name, hashed, verify
from synclass.errors import Refused


def test_a_password_is_kept_as_argon2id_and_never_twice_the_same() -> None:
    one, other = hashed("correct-horse"), hashed("correct-horse")
    assert one != other and one.startswith("$argon2id$")
    assert verify(one, "correct-horse") and not verify(one, "wrong-horse")


def test_a_short_password_is_refused() -> None:
    with pytest.raises(Refused, match="at least 8"):
        hashed("1234567")


@pytest.mark.parametrize("name", ["", "Wang", "王", "a b", "../etc", "x" * 33, "-a"])
def test_a_name_is_plain(name: str) -> None:
    with pytest.raises(Refused, match="small letters"):
        checked_name(name)
