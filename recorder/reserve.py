"""Room kept for the day the disk is full: given up, it lets logs go on and media be closed."""

import os
from contextlib import suppress
from pathlib import Path

from . import disk

LARGEST = 16 * 1024 * 1024
"""Bytes kept on a large disk: the logs of a hundred lessons for an hour."""
SHARE = 32
"""Of a small disk one part in so many is kept."""
NAME = "reserve"


class Reserve:
    """One file of a data folder, filled with nothing.  Any process may give it up, at any time."""

    def __init__(self, data: Path) -> None:
        self._path = data / NAME

    @property
    def held(self) -> bool:
        return self._path.exists()

    def size(self) -> int:
        return min(LARGEST, disk.total(self._path.parent) // SHARE)

    def hold(self) -> None:
        """Take the room, if all of it is there."""
        try:
            file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        except OSError:  # held already, or nothing can be made here
            return
        try:
            os.posix_fallocate(file, 0, self.size())
        except OSError:
            self._path.unlink(missing_ok=True)
        finally:
            os.close(file)

    def give_up(self) -> bool:
        """Let the room go; was there any?"""
        with suppress(OSError):
            self._path.unlink()
            return True
        return False


def spare(data: Path) -> int:
    """Bytes that are free besides the reserve, held or not."""
    reserve = Reserve(data)
    return max(0, disk.free(data) - (0 if reserve.held else reserve.size()))
