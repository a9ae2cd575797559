"""What was held in some days, by school and by day."""

from datetime import date
from typing import Protocol

from msgspec import Struct

from synclass.postclass.figures import Figure, Sum


class Named(Struct, frozen=True):
    """A lesson's figures, and what it is called."""

    figure: Figure
    title: str
    teacher: str
    """The account's name."""


class Figures(Protocol):
    """What was held in some days; the last one is included."""

    async def sums(
        self, first: date, last: date, *, schools: list[str] | None = None, kind: str = ""
    ) -> tuple[list[Sum], list[Sum]]:
        """(of each school, of each day); of all schools where none are named, and of all kinds."""

    async def figures(
        self, first: date, last: date, school: str, *, limit: int = 500
    ) -> list[Named]:
        """The lessons of a school, the newest first."""
