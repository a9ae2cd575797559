"""Who of another login is which account."""

from typing import Protocol

from msgspec import Struct


class Subject(Struct, frozen=True):
    """Somebody as a provider of logins knows them."""

    issuer: str
    subject: str
    account: str
    since: float = 0.0
    """Unix seconds; 0 where that was not noted yet."""


class Subjects(Protocol):
    """Who of another login is which account; an account may have several, a subject has one."""

    async def subject(self, issuer: str, subject: str) -> Subject | None: ...
    async def subjects(self, account: str) -> list[Subject]: ...
    async def link_subject(self, subject: Subject) -> None:
        """Raises Refused("taken") where it is another account's."""

    async def unlink_subjects(self, account: str) -> None:
        """All of an account."""
