"""The keys of those who are not the teacher: one for each of them and lesson, apart from the media.

Whoever has a copy of the media alone has nothing, and when the key is destroyed nobody has.
"""

import os
import secrets
from pathlib import Path

from synclass.errors import Unavailable

from . import disk
from .cipher import KEY
from .names import media_name, safe, unsafe

FOLDER = "keys"


def of(medium: Path) -> Path:
    """Where the key of a medium lies: ``<data>/keys/<lesson>/<who>.key``."""
    lesson = medium.parent.parent
    return folder(lesson) / f"{safe(media_name(medium.name).who)}.key"


def folder(lesson: Path) -> Path:
    """The keys of the lesson in this folder."""
    return lesson.parent.parent / FOLDER / lesson.name


def take(path: Path) -> bytes:
    """The key that lies here, made where there is none; raises Unavailable."""
    if (found := find(path)) is not None:
        return found
    if path.exists():
        raise Unavailable("not-writable", f"{path.name} is damaged: a key has {KEY} bytes")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        disk.commit(path.parent.parent)
    except OSError as error:
        raise disk.unavailable(error) from error
    made = secrets.token_bytes(KEY)
    disk.put_whole(path, made, mode=0o600)
    return made


def find(path: Path) -> bytes | None:
    """The key, or None where there is none (any more)."""
    try:
        found = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise disk.unavailable(error) from error
    return found if len(found) == KEY else None


def destroy(path: Path) -> bool:
    """Write over the key, and take it away; was there one?  Raises Unavailable."""
    try:
        with path.open("r+b") as file:
            file.write(secrets.token_bytes(KEY))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        disk.commit(path.parent)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise disk.unavailable(error) from error
    return True


def holders(lesson: Path) -> list[str]:
    """Whose keys there are of a lesson."""
    return sorted(unsafe(path.stem) for path in folder(lesson).glob("*.key"))
