"""A child that packs one lesson: in little memory, and never in the way of a class."""

import os
import resource
import sys
from pathlib import Path

from synclass.errors import Malformed, Refused, Unavailable
from synclass.words import LessonId

from .pack import pack
from .porter import REFUSED, SIZE
from .shelf import FileShelf

NICE = 15  # a class beside it must not feel it
MEMORY = 1 << 30  # bytes of address space; an hour's lesson takes a tenth


def main(data: str, lesson: str, page: str) -> int:
    """The file's size and the file to stdout; of a refusal code and sentence to stderr."""
    os.nice(NICE)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    out = sys.stdout.buffer
    try:
        parcel = pack(FileShelf(Path(data)), LessonId(lesson), Path(page).read_bytes())
        out.write(parcel.size.to_bytes(SIZE))
        for piece in parcel.pieces():
            out.write(piece)
    except (Refused, Malformed, Unavailable) as error:
        sys.stderr.write(f"{error.code}\n{error}")
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
