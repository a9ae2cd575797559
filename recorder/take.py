"""One media file while it is being written, with its index beside it."""

import os
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from synclass.errors import Unavailable

from . import cipher, disk, index, sums, syncer
from .cipher import Cipher
from .containers import Cluster, Container
from .formats import BY_SUFFIX
from .frames import Setup
from .lines import Block
from .sums import Sums


class Take:
    """Grows by whole clusters: on return each is with the system and outlives kill -9.

    It is on the disk soon after; its index is not, for it can be found again (recorder.mend).
    Every method raises Unavailable("disk-full" | "not-writable"), and the file then ends with the
    last whole cluster.
    """

    def __init__(self, path: Path, setup: Setup, *, key: bytes | None = None) -> None:
        """With a key it is locked by that."""
        self._path, self._format = path, BY_SUFFIX[path.suffix[1:]]
        self._clusters: list[Cluster] = []
        head = self._format.head(setup)
        self._turn: Callable[[bytes], bytes] = bytes
        if key is not None:
            locking = Cipher(key, os.urandom(16))
            head += self._format.hole(cipher.mark(locking.counter))
            self._turn = locking.flow(len(head))
        start = index.begin(self._format.mime(setup), len(head))
        self._file = _create(path, head)
        try:
            self._index = _create(index_path(path), start)
        except Unavailable:
            os.close(self._file)
            path.unlink()
            raise
        self._size, self._index_size = len(head), len(start)
        self._failed: OSError | None = None
        self._sums = Sums()
        self._sums.add(head)
        _commit_names(path.parent)

    def add(self, blocks: list[Block]) -> None:
        """Write these blocks as one cluster; the first is a key frame or follows the last."""
        if self._failed is not None:
            raise disk.unavailable(self._failed) from self._failed
        data = self._turn(self._format.cluster(blocks))
        disk.write_all(self._file, data, self._size)
        begin, end = self._size, self._size + len(data)
        ends_ms = max(block.ms + block.lasts_ms for block in blocks)
        found = Cluster(blocks[0].ms, ends_ms, begin, end, blocks[0].setup is not None)
        entry = index.entry(found)
        try:
            disk.write_all(self._index, entry, self._index_size)
        except Unavailable:
            os.ftruncate(self._file, begin)
            raise
        self._clusters.append(found)
        self._sums.add(data)
        syncer.MEDIA.dirty(self._file, self._fail)
        self._size, self._index_size = end, self._index_size + len(entry)

    def finish(self) -> None:
        """Make it seekable and let it go; an empty one is removed."""
        try:
            if self._clusters:
                self._sums.add(finish(self._file, self._format, self._clusters))
                self._keep_sums()
                syncer.MEDIA.dirty(self._file, _ignore)
                syncer.MEDIA.dirty(self._index, _ignore)
            else:
                remove(self._path)
        finally:
            syncer.MEDIA.done(self._file)
            syncer.MEDIA.done(self._index)

    def _fail(self, error: OSError) -> None:
        """A commit failed: the kernel may have dropped what it could not write, so no more."""
        self._failed = error

    def _keep_sums(self) -> None:
        """Put the hashes beside the file; the first block's is new, for its head was filled."""
        first = sha256(os.pread(self._file, sums.BLOCK, 0)).digest()
        data = sums.encode(self._sums.size, [first, *self._sums.blocks()[1:]])
        with suppress(OSError):  # no room: then they are found by reading the file
            sums.beside(self._path).write_bytes(data)


def finish(file: int, form: Container, clusters: list[Cluster]) -> bytes:
    """Fill the head's holes and put the index behind the last cluster; returns that index.

    Where the disk has no room for the index the file does without; the head needs no new room.
    """
    start, size = os.pread(file, clusters[0].offset, 0), clusters[-1].end
    filled, tail = form.ending(start, clusters, size)
    try:
        disk.write_all(file, tail, size)
    except Unavailable:
        filled, tail = form.ending_without_index(start, clusters, size), b""
    disk.write_all(file, filled, 0)
    return tail


def index_path(path: Path) -> Path:
    return path.with_name(path.name + index.SUFFIX)


def remove(path: Path) -> None:
    """Take away a media file in which there is nothing."""
    path.unlink(missing_ok=True)
    index_path(path).unlink(missing_ok=True)
    sums.beside(path).unlink(missing_ok=True)


def _create(path: Path, data: bytes) -> int:
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o640)
    except OSError as error:
        raise disk.unavailable(error) from error
    try:
        disk.write_all(file, data, 0)
    except Unavailable:
        os.close(file)
        path.unlink()
        raise
    return file


def _commit_names(folder: Path) -> None:
    """A file that is on the disk is lost all the same while its name is not."""
    names = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    syncer.MEDIA.dirty(names, _ignore)
    syncer.MEDIA.done(names)


def _ignore(error: OSError) -> None:
    """What could not be committed is still there unless the power fails too."""
