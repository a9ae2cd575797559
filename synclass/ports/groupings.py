"""Groupings of classrooms that a teacher named."""

from typing import Protocol

from synclass.school.grouping import Grouping


class Groupings(Protocol):
    """Groupings by their owner and name."""

    async def groupings(self, owner: str, course: str) -> list[Grouping]:
        """One's own and those of a course, by name; no course is none."""

    async def keep_grouping(self, grouping: Grouping) -> None:
        """Add it, or replace the owner's of this name; raises Refused("full")."""

    async def forget_grouping(self, owner: str, name: str) -> bool:
        """Whether there was one."""
