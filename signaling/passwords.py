"""What a password and an account's name must be, and how a password is kept."""

import re

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from synclass.errors import Refused

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,31}")
SHORTEST = 8  # characters
_hasher = PasswordHasher()


def hashed(password: str) -> str:
    """The password as it is kept (argon2id, RFC 9106); raises Refused("weak-password")."""
    if len(password) < SHORTEST:
        raise Refused("weak-password", f"at least {SHORTEST} characters")
    return _hasher.hash(password)


def verify(kept: str, password: str) -> bool:
    """Whether this is the password; takes some 50 ms either way."""
    try:
        return _hasher.verify(kept, password)
    except VerificationError:
        return False


def checked_name(name: str) -> str:
    """An account's name: raises Refused("bad-name")."""
    if not NAME.fullmatch(name):
        raise Refused("bad-name", "1 to 32 small letters, digits, dots and dashes")
    return name
