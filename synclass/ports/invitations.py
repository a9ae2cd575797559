"""Invitations: a link by which somebody comes to an account of their own."""

from typing import Protocol

from msgspec import Struct

from synclass.words import Role

from .accounts import Account


class Invitation(Struct, frozen=True):
    """For one person, once, until it expires."""

    id: str
    secret: str
    """A hash of what the link has, never that itself."""
    shown: str
    """The name of whoever is invited, as people say it."""
    role: Role
    school: str
    by: str
    """The account of whoever invited."""
    made_at: float
    expires_at: float
    account: str = ""
    """The name that was chosen, "" while it was not accepted."""


class Invitations(Protocol):
    """Links by which people come to accounts."""

    async def invitation(self, id_: str) -> Invitation | None: ...
    async def invitations(self) -> list[Invitation]:
        """The newest first."""

    async def save_invitation(self, invitation: Invitation) -> None:
        """Add or replace by id."""

    async def accept_invitation(self, id_: str, account: Account) -> None:
        """It is used, and the account is there: both or neither, and once.

        Raises Refused("invitation-used"), ("name-taken").
        """

    async def remove_invitation(self, id_: str) -> None:
        """Forget it, if there is one."""

    async def forget_invitations(self, before: float) -> None:
        """Those that expired before that wall time, accepted or not."""
