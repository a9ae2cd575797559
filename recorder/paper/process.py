"""A child that prints once: slowly, in little memory, and never in the way of a class."""

import os
import resource
import sys
from pathlib import Path

import msgspec

from synclass.errors import Malformed, Refused
from synclass.ports import Printout
from synclass.words import LessonId

from ..shelf import FileShelf
from .press import REFUSED
from .printing import print_out

NICE = 15  # a class beside it must not feel it
MEMORY = 3 * 1024 * 1024 * 1024  # bytes of address space, of which Skia and its fonts map one
SECONDS = 60  # of CPU


def main(data: str, lesson: str, what: str) -> int:
    """Print to stdout; of a refusal code and sentence to stderr."""
    os.nice(NICE)
    for limit, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS)):
        resource.setrlimit(limit, (most, most))
    try:
        asked = msgspec.json.decode(what, type=Printout)
        printed = print_out(FileShelf(Path(data)), LessonId(lesson), asked)
    except (Refused, Malformed) as error:
        sys.stderr.write(f"{error.code}\n{error}")
        return REFUSED
    sys.stdout.buffer.write(printed)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
