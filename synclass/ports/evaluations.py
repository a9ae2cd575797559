"""Rubrics, and what evaluators say of lessons by them."""

from typing import Protocol

from synclass.postclass.evaluation import Evaluation, Rubric
from synclass.words import LessonId


class Evaluations(Protocol):
    """Rubrics, and what evaluators say; both are put and removed as things of a district are."""

    async def rubrics(self, *, school: str | None = None) -> list[Rubric]:
        """Those of a school ("" is the district), or all."""

    async def rubric(self, id_: str) -> Rubric | None: ...
    async def evaluations(self, lesson: LessonId) -> list[Evaluation]:
        """The oldest first."""
