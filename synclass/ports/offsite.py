"""Another place for what ended lessons leave: their media may leave the disk and come back."""

from typing import Protocol

from synclass.words import LessonId


class Offsite(Protocol):
    """A store elsewhere.  All of it may be done twice, and raises Unavailable("offsite")."""

    def keep_up(self) -> list[str]:
        """Copy every lesson that is signed and not there yet, and photographs; folders' names."""

    def free(self, wanted: int, now: float) -> int:
        """Let media that are there leave the disk, longest at rest first, and photographs.

        How many bytes were gained.
        """

    def bring(self, lesson: LessonId) -> None:
        """Have a lesson's media here again; may take as long as they are large."""

    def erase(self, lesson: LessonId) -> None:
        """Nothing of it is there any more."""

    def bring_photograph(self, name: str) -> None:
        """Have a photograph here again, if it is there."""

    def erase_photograph(self, name: str) -> None:
        """It is not there any more."""
