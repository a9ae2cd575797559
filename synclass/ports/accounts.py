"""Who may log in."""

from collections.abc import Collection
from typing import Protocol

from msgspec import Struct

from synclass.words import Participant, ParticipantId, Role


class Account(Struct, frozen=True):
    """Somebody who may log in.  Rooms have none: they come in by a code."""

    name: str
    shown: str
    role: Role
    school: str
    password: str
    """An argon2id hash, never the password."""
    given: bool = False
    """An admin chose it: it opens nothing but the change to one of their own."""

    @property
    def holder(self) -> Participant:
        """As whom they come into a lesson."""
        return Participant(ParticipantId(f"u-{self.name}"), self.shown, self.role, self.school)


class Accounts(Protocol):
    """Who may log in."""

    async def account(self, name: str) -> Account | None: ...
    async def save_account(self, account: Account) -> None:
        """Add or replace by name."""

    async def accounts(self) -> list[Account]: ...
    async def accounts_named(self, names: Collection[str]) -> dict[str, Account]:
        """Those of these names that there are."""
