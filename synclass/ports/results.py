"""What lessons came to, room by room and pupil by pupil, over time."""

from collections.abc import Sequence
from typing import Protocol

from synclass.postclass.reports import Presence, RoomResult
from synclass.words import LessonId


class Results(Protocol):
    """What lessons came to."""

    async def keep_results(
        self,
        lesson: LessonId,
        rooms: Sequence[RoomResult],
        pupils: Sequence[Presence],
        *,
        minutes: float = 0.0,
    ) -> None:
        """In the place of what was kept of this lesson, which had so many minutes."""

    async def results_of_room(
        self, room: str, *, teacher: str = "", limit: int = 200
    ) -> list[RoomResult]:
        """Over time, the oldest first; of one teacher's lessons where she is named."""

    async def presence_of(
        self, room: str, pupil: str, *, teacher: str = "", limit: int = 200
    ) -> list[tuple[Presence, float]]:
        """(whether they were there, when the lesson began), the oldest first."""
