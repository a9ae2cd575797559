import pytest

from signaling.limits import Limiter
from signaling.login import checked_name, hashed, limit
from synclass.errors import Refused


def test_a_password_is_kept_as_argon2id_and_never_twice_the_same() -> None:
    one, other = hashed("correct-horse"), hashed("correct-horse")
    assert one != other and one.startswith("$argon2id$")


@pytest.mark.parametrize("name", ["", "Wang", "王", "a b", "../etc", "x" * 33, "-a"])
def test_a_name_is_plain(name: str) -> None:
    with pytest.raises(Refused, match="small letters"):
        checked_name(name)


def test_too_many_tries_are_told_how_long_to_wait() -> None:
    limiter = Limiter(rate=1 / 5, burst=1)
    limit(limiter, "a")
    with pytest.raises(Refused, match="wait 5 seconds"):
        limit(limiter, "a")
