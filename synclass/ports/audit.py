"""Who did what, and when."""

from typing import Protocol


class Audit(Protocol):
    """Who did what, and when."""

    async def note(self, wall: float, who: str, act: str, what: str) -> None:
        """Add a line to the audit log."""

    async def notes(self, *, limit: int = 200) -> list[tuple[float, str, str, str]]:
        """The newest lines of the audit log, newest first."""

    async def audit(self) -> tuple[int, int, str]:
        """Look at all of it: (lines, the number of the first broken one or 0, the last link)."""
