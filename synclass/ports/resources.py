"""Ended lessons as resources that others find."""

from collections.abc import Collection
from typing import Protocol

from synclass.school.resources import Resource
from synclass.words import LessonId


class Resources(Protocol):
    """Ended lessons that others find; put and removed as things of a district are."""

    async def resource(self, lesson: LessonId) -> Resource | None: ...
    async def resources_of(self, lessons: Collection[LessonId]) -> dict[LessonId, Resource]:
        """Of those of these lessons that are shared."""

    async def resources(
        self, *, text: str = "", tag: str = "", schools: Collection[str] | None, limit: int = 200
    ) -> list[tuple[Resource, str, str, str]]:
        """(resource, title, subject, teacher's account) of the newest that have tag and words.

        Of those that are for the whole region, and those of these schools (None: of all).
        """
