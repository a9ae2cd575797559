"""Keys of programs that act for somebody who has an account."""

from typing import Protocol

from msgspec import Struct


class Token(Struct, frozen=True):
    """A program's key: it does what its owner may, as far as its scopes go."""

    id: str
    account: str
    name: str
    """What its owner calls it."""
    secret: str
    """A hash of what the program keeps, never that itself."""
    scopes: list[str]
    made_at: float
    expires_at: float
    used_at: float = 0.0


class Tokens(Protocol):
    """Keys of programs."""

    async def token(self, id_: str) -> Token | None: ...
    async def tokens(self, account: str) -> list[Token]:
        """Of an account, the newest first."""

    async def save_token(self, token: Token) -> None:
        """Add or replace by id."""

    async def use_token(self, id_: str, at: float) -> None:
        """It was used at that time."""

    async def remove_token(self, id_: str) -> None:
        """Forget it, if there is one."""
