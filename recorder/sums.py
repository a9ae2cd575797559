"""What a file's bytes sum up to: a hash of each block, found while it grows, and one over those."""

import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from struct import Struct as Layout

from synclass.errors import Malformed

BLOCK = 65_536
"""Bytes of a block: as exactly is told where a file is damaged; half a second of a camera."""
SUFFIX = ".sum"
_MAGIC = b"synsum1\n"
_HEAD = Layout("!8sQ")
_SIZE = sha256().digest_size


class Sums:
    """The hashes of a file that grows at its end."""

    def __init__(self) -> None:
        self.size = 0
        self._whole: list[bytes] = []
        self._open = sha256()

    def add(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            piece = view[: BLOCK - self.size % BLOCK]
            self._open.update(piece)
            self.size, view = self.size + len(piece), view[len(piece) :]
            if self.size % BLOCK == 0:
                self._whole.append(self._open.digest())
                self._open = sha256()

    def blocks(self) -> list[bytes]:
        return [*self._whole, self._open.digest()] if self.size % BLOCK else list(self._whole)


def root(blocks: list[bytes]) -> str:
    """The one hash that stands for a file, in hex."""
    return sha256(b"".join(blocks)).hexdigest()


def of(path: Path, size: int = sys.maxsize) -> Iterator[bytes]:
    """The hashes of a file's blocks, of its first ``size`` bytes, read from the file itself."""
    with path.open("rb") as file:
        while data := file.read(min(BLOCK, size)):
            size -= len(data)
            yield sha256(data).digest()


def beside(path: Path) -> Path:
    """Where the hashes of a finished file lie."""
    return path.with_name(path.name + SUFFIX)


def encode(size: int, blocks: list[bytes]) -> bytes:
    return _HEAD.pack(_MAGIC, size) + b"".join(blocks)


def parse(data: bytes) -> tuple[int, list[bytes]]:
    """The size of the file, and the hashes of its blocks; raises Malformed."""
    if len(data) < _HEAD.size:
        raise Malformed("these hashes are cut")
    magic, size = _HEAD.unpack_from(data)
    blocks = [data[at : at + _SIZE] for at in range(_HEAD.size, len(data), _SIZE)]
    if magic != _MAGIC or len(data) != _HEAD.size + _SIZE * -(-size // BLOCK):
        raise Malformed("these are not the hashes of a file of that size")
    return size, blocks


def known(path: Path) -> list[bytes]:
    """The hashes that were found while the file was written; read from it where there are none."""
    try:
        size, blocks = parse(beside(path).read_bytes())
    except (Malformed, FileNotFoundError):
        return list(of(path))
    return blocks if size == path.stat().st_size else list(of(path))
