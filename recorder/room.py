"""Whether the disk has room for recordings, and what is done when it is full."""

from contextlib import suppress
from pathlib import Path

from synclass.errors import Unavailable

from .reserve import Reserve, spare

EVERY = 5.0
"""Seconds between looks whether the reserve can be taken again."""


class Room:
    """The disk of all lessons; ``least`` bytes of it no new recording may touch."""

    def __init__(self, data: Path, least: int) -> None:
        self._data, self._least = data, least
        self._reserve = Reserve(data)
        self._looked_at = float("-inf")
        self._held = False
        self.fills = 0
        """How many times the disk was full: no recording outlasts that."""

    def enough(self) -> bool:
        return spare(self._data) > self._least

    def full(self) -> None:
        """What can be closed is closed in the room of the reserve, and logs go on there."""
        self.fills += 1
        self._reserve.give_up()

    def tick(self, now: float) -> None:
        """Take the reserve (again) once there is more room than it needs.

        Where it is gone a log has taken it: the disk is full, whoever noticed first.
        """
        if now - self._looked_at < EVERY:
            return
        self._looked_at = now
        if self._held and not self._reserve.held:
            self.full()
        with suppress(Unavailable):  # a disk that is gone is told by whoever writes to it
            if not self._reserve.held and self.enough():
                self._reserve.hold()
        self._held = self._reserve.held


class Share:
    """One lesson's part of it: a recording that has begun goes on until the disk is full."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._begun: int | None = None

    def take(self) -> None:
        """A file is begun; raises Unavailable("disk-short")."""
        if self._begun != self._room.fills and not self._room.enough():
            raise Unavailable("disk-short", "no recording is begun with so little room on the disk")
        self._begun = self._room.fills

    def check(self) -> None:
        """A file grows; raises Unavailable("disk-short") where the disk was full meanwhile."""
        if self._begun != self._room.fills:
            raise Unavailable("disk-short", "the disk is full: what is left of it is for the logs")

    def full(self) -> None:
        """The disk is full."""
        self._room.full()
