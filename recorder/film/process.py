"""A child that makes one film: only of time that nobody else on the machine wants."""

import os
import resource
import shutil
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from synclass.errors import Malformed, Refused, Unavailable
from synclass.ports import Language
from synclass.words import LessonId

from .. import disk
from ..export import Export
from ..names import safe
from ..shelf import FileShelf
from .terms import LATER, REFUSED, RESERVE

NICE = 19  # where the system knows no idle time
MEMORY = 3 * 1024 * 1024 * 1024  # bytes of address space, of which Skia and its fonts map one


def main(data: str, lesson: str, pace: str = "idle", language: str = "") -> int:
    """Say the share that is done, line by line, on stdout."""
    if pace == "idle":
        _be_idle()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    threading.Thread(target=_end_with_parent, daemon=True).start()
    folder = Path(data) / "films"
    try:
        disk.make_folder(folder)
        held = disk.hold(folder)
        shelf = FileShelf(Path(data))
        known: Language = "en" if language == "en" else "zh"
        place = folder / safe(lesson)
        Export(shelf, LessonId(lesson), place, teller(folder), language=known).make()
        os.close(held)
    except (Refused, Malformed, Unavailable) as error:
        sys.stderr.write(f"{error.code}\n{error}")
        return LATER if isinstance(error, Unavailable) else REFUSED
    except OSError as error:
        found = disk.unavailable(error)
        sys.stderr.write(f"{found.code}\n{found}")
        return LATER
    return 0


def teller(folder: Path, *, reserve: int = RESERVE) -> Callable[[float], None]:
    """Raises Unavailable("disk-full") before the lessons' own room is taken."""

    def tell(done: float) -> None:
        if shutil.disk_usage(folder).free < reserve:
            raise Unavailable("disk-full", "there is not enough room on the disk for films")
        sys.stdout.write(f"{done:.4f}\n")
        sys.stdout.flush()

    return tell


def _be_idle() -> None:
    os.nice(NICE)
    if hasattr(os, "SCHED_IDLE"):
        with suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


def _end_with_parent() -> None:
    """Whoever asked for the film holds our stdin: when they are gone, so are we."""
    while os.read(0, 1):
        pass
    os._exit(LATER)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:5]))
