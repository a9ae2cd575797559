"""A locked medium in the clear, piece by piece: it never lies so on the disk, nor all in memory."""

import os
from pathlib import Path
from types import TracebackType
from typing import Self, overload

from synclass.errors import Refused

from . import keys
from .cipher import MARK, Cipher, marked
from .formats import BY_SUFFIX

START = 4096  # bytes: no head is longer
_WINDOW = 1 << 16  # bytes that are decrypted at once where single ones are asked for


class Clear:
    """Its bytes as a player has them: the mark is empty, clusters up to ``end`` are decrypted."""

    def __init__(self, path: Path, head: int, cipher: Cipher, end: int | None) -> None:
        """Without ``end`` all that is behind the head is decrypted, the index as well."""
        self._file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        self._size = os.fstat(self._file).st_size
        self.head = head
        self._cipher = cipher
        self._end = self._size if end is None else end
        self._window, self._from = b"", 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, at: int) -> int: ...
    @overload
    def __getitem__(self, at: slice) -> bytes: ...
    def __getitem__(self, at: int | slice) -> int | bytes:
        if isinstance(at, slice):
            begin, end, _ = at.indices(self._size)
            here = begin - self._from
            if here < 0 or end - self._from > len(self._window):
                self._window = self.read(begin, max(_WINDOW, end - begin))
                self._from, here = begin, 0
            return self._window[here : here + end - begin]
        if not self._from <= at < self._from + len(self._window):
            self._window, self._from = self.read(at, _WINDOW), at
        return self._window[at - self._from]

    def read(self, at: int, size: int) -> bytes:
        """So many bytes from ``at`` on; fewer at the end of the file."""
        found = bytearray(os.pread(self._file, size, at))
        begin, end = max(at, self.head), min(at + len(found), self._end)
        if begin < end:
            part = bytes(found[begin - at : end - at])
            found[begin - at : end - at] = self._cipher.turn(part, begin)
        for n in range(max(at, self.head - MARK), min(at + len(found), self.head)):
            found[n - at] = 0
        return bytes(found)


def of(path: Path, end: int | None = None) -> Clear | None:
    """A locked medium in the clear; None where it is not locked.

    Raises Refused("erased") where its key is gone.
    """
    head, counter = lock(path)
    if counter is None:
        return None
    key = keys.find(keys.of(path))
    if key is None:
        raise Refused("erased", f"{path.name} was erased: nobody has its key")
    return Clear(path, head, Cipher(key, counter), end)


def lock(path: Path) -> tuple[int, bytes | None]:
    """Bytes of the head, and the counter of a locked file; of what is no medium nothing."""
    form = BY_SUFFIX.get(path.suffix[1:])
    if form is None:
        return 0, None
    with path.open("rb") as file:
        start = file.read(START)
    head = form.head_size(memoryview(start))
    return head, marked(start[:head])


def erased(path: Path) -> bool:
    """Is it locked, and its key gone?"""
    return lock(path)[1] is not None and keys.find(keys.of(path)) is None
