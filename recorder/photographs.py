"""Photographs of homework on the disk: a file each, whole or not there, under a name of chance."""

import re
from contextlib import suppress
from pathlib import Path

from synclass.errors import Malformed

from . import disk

FOLDER = "photographs"
NAME = re.compile(r"[0-9a-f]{32}\.webp")


def place(data: Path, name: str) -> Path:
    """``<data>/photographs/<two digits>/<name>``; raises Malformed for a name that is none."""
    if not NAME.fullmatch(name):
        raise Malformed(f"{name!r} is no photograph")
    return data / FOLDER / name[:2] / name


def keep(data: Path, name: str, photo: bytes) -> None:
    """It is on the disk, whole, when this returns; only we may read it.  Raises Unavailable."""
    path = place(data, name)
    try:
        for folder in (path.parent.parent, path.parent):
            if not folder.is_dir():
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                disk.commit(folder.parent)
    except OSError as error:
        raise disk.unavailable(error) from error
    disk.put_whole(path, photo, mode=0o600)


def remove(data: Path, name: str) -> None:
    """It is gone from the disk for good; twice is no harm.  Raises Unavailable."""
    path = place(data, name)
    try:
        with suppress(FileNotFoundError):
            path.unlink()
            disk.commit(path.parent)
    except OSError as error:
        raise disk.unavailable(error) from error
