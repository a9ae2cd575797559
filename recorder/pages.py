"""Pages of courseware on the disk: one file for each hash; each lesson has links to its own."""

import os
import re
from pathlib import Path

from synclass.errors import Malformed

from .disk import make_folder, put_whole, unavailable

NAME = re.compile(r"[0-9a-f]{64}\.(?:svg\.gz|webp|json)")


def keep(store: Path, folder: Path, name: str, data: bytes) -> None:
    """Keep a page in the store of all lessons, and link it into a lesson's folder."""
    if not NAME.fullmatch(name):
        raise Malformed(f"{name!r} is no page")
    for place in (store, folder):
        make_folder(place)
    if not (store / name).is_file():
        put_whole(store / name, data)
    try:
        _link(store / name, folder / name)
    except OSError as error:
        raise unavailable(error) from error


def find(folder: Path, name: str) -> Path | None:
    path = folder / name
    return path if NAME.fullmatch(name) and path.is_file() else None


def _link(source: Path, target: Path) -> None:
    if target.exists():
        return
    try:
        os.link(source, target)
    except FileExistsError:
        return
    except OSError:  # a file system without links, or with no more of them: a copy of its own
        put_whole(target, source.read_bytes())
