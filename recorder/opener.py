"""Opens a medium for whoever reads it: as it lies, or, where it is locked, in the clear."""

import io
from pathlib import Path
from typing import BinaryIO, cast

from synclass.errors import Malformed

from . import clear, index, mend
from .clear import Clear
from .formats import BY_SUFFIX
from .index import Index
from .take import index_path


def opened(path: Path) -> BinaryIO:
    """A file to read and to seek in; raises Refused("erased") where the key of it is gone."""
    if (locked := unlocked(path)) is not None:
        return locked
    return path.open("rb")


def unlocked(path: Path) -> BinaryIO | None:
    """As ``opened``, but None where the file can be read as it lies."""
    if clear.lock(path)[1] is None:
        return None
    found = clear.of(path, _end(path))
    return None if found is None else cast(BinaryIO, Reader(found))


def known(path: Path) -> Index:
    """What the index beside a medium says; where it is lost, what the medium does.

    Raises Refused("erased") where nobody can know that any more.
    """
    try:
        return index.parse(index_path(path).read_bytes())
    except (Malformed, FileNotFoundError):
        head, clusters = mend.scan(path)
        return Index(mend.mime(path, head) if clusters else "", head, clusters)


def is_live(path: Path, head: int) -> bool:
    """Is it still being written?"""
    with path.open("rb") as file:
        return not BY_SUFFIX[path.suffix[1:]].is_finished(file.read(head))


def _end(path: Path) -> int:
    """Where the last whole cluster ends."""
    clusters = known(path).clusters
    return clusters[-1].end if clusters else 0


class Reader(io.RawIOBase):
    """A locked medium as a file; of one that is still being written, its whole clusters."""

    def __init__(self, medium: Clear) -> None:
        super().__init__()
        self._medium, self._at = medium, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        origin = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: len(self._medium)}
        self._at = max(0, origin[whence] + offset)
        return self._at

    def read(self, size: int | None = -1) -> bytes:
        wanted = len(self._medium) if size is None or size < 0 else size
        found = self._medium.read(self._at, min(wanted, max(0, len(self._medium) - self._at)))
        self._at += len(found)
        return found

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        found = self.read(len(buffer))
        buffer[: len(found)] = found
        return len(found)

    def close(self) -> None:
        self._medium.close()
        super().close()
