"""A child that takes one packed lesson in: in little memory, and never in the way of a class."""

import os
import resource
import sys
from pathlib import Path

from synclass.errors import Malformed, Unavailable

from .parcel import MEMORY, NICE
from .porter import REFUSED
from .unpack import take_in

SECONDS = 300  # of CPU: an hour's lesson takes ten


def main(data: str, path: str) -> int:
    """Of a file that is not taken in, why to stderr: a code and a sentence."""
    os.nice(NICE)
    for limit, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS)):
        resource.setrlimit(limit, (most, most))
    try:
        take_in(Path(data), Path(path))
    except (Malformed, Unavailable) as error:
        sys.stderr.write(f"{error.code}\n{error}")
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
