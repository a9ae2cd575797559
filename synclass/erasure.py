"""What is to be erased for ever, and the port of whoever does it."""

from typing import Protocol

from msgspec import Struct

from .words import LessonId, ParticipantId


class Erasure(Struct, frozen=True):
    """What is to be erased for ever."""

    lesson: LessonId
    who: ParticipantId = ParticipantId("")
    """Whose voice and picture; of nobody in particular it is the whole lesson."""
    by: str = ""
    """The account that ordered it; "" where a rule did."""


class Eraser(Protocol):
    """Erases what lies on the disk of lessons; an order outlives any fall."""

    def order(self, erasure: Erasure) -> None:
        """From here on it is to be done.

        Raises Refused("no-voice") or ("not-locked"), Unavailable("disk-full").
        """

    def ordered(self) -> list[Erasure]:
        """What was begun and not ended."""

    def destroy(self, erasure: Erasure) -> None:
        """Again and again if need be.  Raises Unavailable("not-writable")."""

    def drop_photograph(self, name: str) -> None:
        """A photograph of homework is nowhere any more.

        Raises Unavailable: "not-writable", "offsite".
        """

    def done(self, erasure: Erasure) -> None:
        """It is over, and noted."""
