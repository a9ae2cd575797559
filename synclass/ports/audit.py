"""Who did what, and when."""

from typing import Protocol

from synclass.yearbook import Stretch


class Audit(Protocol):
    """Who did what, and when."""

    async def note(self, wall: float, who: str, act: str, what: str) -> None:
        """Add a line to the audit log."""

    async def notes(self, *, limit: int = 200) -> list[tuple[float, str, str, str]]:
        """The newest lines of the audit log, newest first."""

    async def watched(self, who: str, lesson: str) -> bool:
        """Whether an account has opened this recording."""

    async def stretch(self, *, since: float, until: float) -> Stretch:
        """From the first line of this time to the last, and all that were written between."""

    async def audit(self) -> tuple[int, int, str]:
        """Look at all of it: (lines, the number of the first broken one or 0, the last link)."""
