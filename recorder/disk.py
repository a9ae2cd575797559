"""What the disk may answer, in the words of the ports."""

import errno
import fcntl
import os
import secrets
from contextlib import suppress
from pathlib import Path

from synclass.errors import Unavailable

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


def unavailable(error: OSError) -> Unavailable:
    """The port's word for what the system said."""
    return Unavailable("disk-full" if error.errno in FULL else "not-writable", str(error))


def write_all(file: int, data: bytes, offset: int) -> None:
    """Write at ``offset``, wholly or not at all; raises Unavailable after cutting back to it."""
    at, view = offset, memoryview(data)
    try:
        while view:
            written = os.pwrite(file, view, at)
            at, view = at + written, view[written:]
    except OSError as error:
        if at > offset:
            with suppress(OSError):  # the next write begins at the same place anyway
                os.ftruncate(file, offset)
        raise unavailable(error) from error


def put_whole(path: Path, data: bytes, *, mode: int = 0o644) -> None:
    """Write a file wholly or not at all, also when the power fails: aside, committed, renamed."""
    aside = path.with_name(f".{secrets.token_hex(8)}")
    try:
        with open(aside, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
        commit(path.parent)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise unavailable(error) from error


def commit(path: Path) -> None:
    """Bring what was written to a file, or the names in a folder, to the disk."""
    file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def free(folder: Path) -> int:
    """Bytes of room for us."""
    room = _room(folder)
    return room.f_bavail * room.f_frsize


def total(folder: Path) -> int:
    """Bytes of the whole file system."""
    room = _room(folder)
    return room.f_blocks * room.f_frsize


def _room(folder: Path) -> os.statvfs_result:
    try:
        return os.statvfs(folder)
    except OSError as error:
        raise unavailable(error) from error


def make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unavailable(error) from error


def hold(folder: Path) -> int:
    """Take a folder for this writer alone; the descriptor returned holds it until it is closed.

    Raises Unavailable("held-elsewhere").  The system lets go when the process dies, however.
    """
    try:
        file = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        raise unavailable(error) from error
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(file)
        raise Unavailable("held-elsewhere", f"{folder} has another writer") from error
    return file
