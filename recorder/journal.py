"""A lesson's records on disk: an append-only, checksummed, hash-chained folder of segments."""

import os
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from synclass.errors import Malformed, Unavailable

from . import disk, records, syncer
from .reserve import Reserve

SEGMENT = 16 * 1024 * 1024
"""Bytes after which a new segment begins: small enough to be read in one gulp."""


class Verdict(Struct, frozen=True):
    """What a look at every byte of a journal found."""

    records: int
    segments: int
    link: str
    """The chain's last good value, in hex: two copies of a lesson are the same if these are."""
    bad_segment: str = ""
    """Name of the first segment with something wrong, "" where all is well."""
    bad_offset: int = 0
    """The byte in it where the first bad record begins."""
    fault: str = ""

    @property
    def sound(self) -> bool:
        return not self.bad_segment


class Place(Struct, frozen=True):
    """A whole record, where it ends in which segment, and the chain's value there."""

    record: bytes
    segment: str
    end: int
    link: bytes


class _End(Struct):
    """How far a journal can be trusted: a place in a segment, and the chain's value there."""

    segment: int = 1
    offset: int = 0
    link: bytes = records.GENESIS
    count: int = 0
    fault: str = ""


class FileJournal:
    """The Journal of one lesson (synclass.ports.Journal), in one folder with one writer.

    Opening cuts off a damaged end: what is cut goes into ``.cut`` files beside it, so nothing is
    ever destroyed.  Raises Unavailable("held-elsewhere" | "not-writable" | "disk-full").
    """

    def __init__(
        self, folder: Path, *, segment: int = SEGMENT, reserve: Reserve | None = None
    ) -> None:
        """``reserve`` is given up where the disk is full: a lesson's log is small, and goes on."""
        self._folder, self._longest, self._reserve = folder, segment, reserve
        self._file, self._segment, self._offset = -1, 0, 0
        self._link = records.GENESIS
        self._failed: OSError | None = None
        disk.make_folder(folder)
        self._lock = disk.hold(folder)
        try:
            self._open(_walk(folder))
        except BaseException:
            os.close(self._lock)
            raise

    def records(self) -> Iterator[bytes]:
        return read(self._folder)

    def append(self, record: bytes) -> None:
        if self._file < 0:
            raise Unavailable("not-writable", "the journal is closed")
        if self._failed is not None:
            raise disk.unavailable(self._failed) from self._failed
        if self._offset >= self._longest:
            self._roll()
        link = records.next_link(self._link, record)
        data = records.record(record, link)
        self._write(self._file, data, self._offset)
        self._offset, self._link = self._offset + len(data), link
        syncer.SHARED.dirty(self._file, self._fail)

    def close(self) -> None:
        if self._file < 0:
            return
        file, self._file = self._file, -1
        try:
            os.fdatasync(file)
        except OSError as error:
            raise disk.unavailable(error) from error
        finally:
            syncer.SHARED.done(file)
            os.close(self._lock)

    def _open(self, end: _End) -> None:
        try:
            if end.fault:
                _set_aside(self._folder, end)
            self._start(end.segment, end.offset, end.link)
        except OSError as error:
            raise disk.unavailable(error) from error

    def _start(self, segment: int, offset: int, link: bytes) -> None:
        """Go on in this segment; at offset 0 it is made, with its header."""
        path = _path(self._folder, segment)
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o640)
        try:
            if offset == 0:
                head = records.header(segment, link)
                self._write(file, head, 0)
                os.fsync(self._lock)  # the new name is on the disk before anything in it
                offset = len(head)
        except BaseException:
            os.close(file)
            if offset == 0:
                path.unlink()
            raise
        self._file, self._segment, self._offset, self._link = file, segment, offset, link

    def _write(self, file: int, data: bytes, offset: int) -> None:
        try:
            disk.write_all(file, data, offset)
        except Unavailable as error:
            if error.code != "disk-full" or self._reserve is None or not self._reserve.give_up():
                raise
            disk.write_all(file, data, offset)

    def _roll(self) -> None:
        full = self._file
        try:
            self._start(self._segment + 1, 0, self._link)
        except OSError as error:
            raise disk.unavailable(error) from error
        syncer.SHARED.dirty(full, self._fail)
        syncer.SHARED.done(full)

    def _fail(self, error: OSError) -> None:
        """A commit failed: the kernel may have dropped what it could not write, so no more."""
        self._failed = error


def read(folder: Path) -> Iterator[bytes]:
    """The exact prefix of whole records, oldest first; may be read beside the writer."""
    return _prefix(folder, _End())


def places(folder: Path) -> Iterator[Place]:
    """As ``read``, and where each record lies."""
    end, named, name = _End(), 0, ""
    for record in _prefix(folder, end):
        if end.segment != named:
            named, name = end.segment, _path(folder, end.segment).name
        yield Place(record, name, end.offset, end.link)


def check(folder: Path) -> Verdict:
    """Look at every byte and name the first that is wrong."""
    end = _walk(folder)
    segments = len(_segments(folder))
    bad = _path(folder, end.segment).name if end.fault else ""
    return Verdict(end.count, segments, end.link.hex(), bad, end.offset if bad else 0, end.fault)


def _walk(folder: Path) -> _End:
    end = _End()
    for _ in _prefix(folder, end):
        pass
    return end


def _prefix(folder: Path, end: _End) -> Iterator[bytes]:
    """Yield the good records and leave in ``end`` where and why they ended.

    The segments are listed before any is read, so all but the last of them are complete.
    """
    for number, path in _segments(folder):
        if number != (end.segment + 1 if end.offset else 1):
            end.segment, end.offset = (end.segment + 1 if end.offset else 1), 0
            end.fault = "a segment is missing"
            return
        end.segment, end.offset = number, 0
        data = path.read_bytes()
        try:
            records.check_header(data, number, end.link)
            end.offset = records.HEADER
            for found in records.records(data, end.link):
                end.offset, end.link, end.count = found.end, found.link, end.count + 1
                yield found.payload
        except Malformed as error:
            end.fault = str(error)
            return


def _segments(folder: Path) -> list[tuple[int, Path]]:
    return sorted((int(path.stem), path) for path in folder.glob("*.log") if path.stem.isdigit())


def _path(folder: Path, number: int) -> Path:
    return folder / f"{number:06}.log"


def _set_aside(folder: Path, end: _End) -> None:
    """Move everything behind the good end into ``.cut`` files, which no reader looks at."""
    for number, path in reversed(_segments(folder)):
        if number > end.segment or (number == end.segment and end.offset == 0):
            path.rename(_cut_name(path))
        elif number == end.segment:
            _keep(_cut_name(path), path.read_bytes()[end.offset :])
            os.truncate(path, end.offset)


def _cut_name(path: Path) -> Path:
    taken = (path.with_name(f"{path.stem}.{n}.cut") for n in range(1, 1_000_000))
    return next(name for name in taken if not name.exists())


def _keep(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
