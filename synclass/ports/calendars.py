"""Calendars that telephones and computers subscribe to, by a secret address."""

from enum import StrEnum
from typing import Protocol

from msgspec import Struct


class Whose(StrEnum):
    """Of what a calendar has the lessons."""

    TEACHER = "teacher"
    CLASSROOM = "classroom"
    SCHOOL = "school"


class Calendar(Struct, frozen=True):
    """The lessons of a teacher, a classroom or a school, for whoever knows its address."""

    id: str
    account: str
    """Whose right it is read by."""
    whose: Whose
    of: str
    """The id of the person, the classroom or the school."""
    secret: str
    """A hash of what the address has, never that itself."""
    made_at: float
    used_at: float = 0.0


class Calendars(Protocol):
    """Calendars that are subscribed to."""

    async def calendar(self, id_: str) -> Calendar | None: ...
    async def calendars(self, account: str) -> list[Calendar]:
        """Of an account, the newest first."""

    async def save_calendar(self, calendar: Calendar) -> None:
        """Add or replace by id."""

    async def use_calendar(self, id_: str, at: float) -> None:
        """It was read at that time."""

    async def remove_calendar(self, id_: str) -> None:
        """Forget it, if there is one."""
