"""Which of the two planes a worker has: the one in C where it was built, or the one in Python."""

import os
import socket
from collections.abc import Sequence
from typing import cast

from . import pyplane
from .plane import CONTRACT, Plane

try:
    from . import _plane
except ImportError:  # no compiler when this was installed
    _plane = None  # type: ignore[assignment]

ENVIRONMENT = "SYNCLASS_PLANE"  # "python": the one in Python even where the other was built


def available() -> str:
    """The name of the plane a worker started now would have."""
    if getattr(_plane, "CONTRACT", 0) != CONTRACT:  # not built, or long ago
        return pyplane.Plane.name
    return pyplane.Plane.name if os.environ.get(ENVIRONMENT) == pyplane.Plane.name else "c"


def choose(sockets: Sequence[socket.socket]) -> Plane:
    """The plane in C where there is one.  An Address counts the sockets as they come here.

    Cast, for each plane knows its own lines, sources and streams only.
    """
    if available() == pyplane.Plane.name:
        return cast(Plane, pyplane.Plane(sockets))
    return cast(Plane, _plane.Plane([bound.fileno() for bound in sockets]))
