"""Which node holds which lesson, and how many are in it."""

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from synclass.words import LessonId, ParticipantId


class Claim(Struct, frozen=True):
    """A node's right to run a lesson: a higher epoch fences off a lower one."""

    lesson: LessonId
    node: str
    epoch: int


class Directory(Protocol):
    """Which node holds which lesson, and how many are in it."""

    async def claim(self, lesson: LessonId, node: str, ttl: float) -> Claim:
        """Take or renew the lesson for ``ttl`` seconds; a new holder gets a higher epoch.

        Raises Refused("held-elsewhere") while another node's claim lives, Unavailable("directory").
        """

    async def renew(self, claim: Claim, ttl: float) -> bool:
        """Keep the claim for ``ttl`` seconds more; False where it is no longer ours."""

    async def release(self, claim: Claim) -> None:
        """Let it go, if it is still ours.  The epoch is never forgotten."""

    async def holder(self, lesson: LessonId) -> str | None:
        """The node that holds the lesson now."""

    async def present(self, lesson: LessonId, who: Sequence[ParticipantId], ttl: float) -> None:
        """Say who is in the lesson; forgotten after ``ttl`` seconds."""

    async def presence(self, lesson: LessonId) -> frozenset[ParticipantId]:
        """Who is in the lesson, as last said."""
