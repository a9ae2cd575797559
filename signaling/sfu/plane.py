"""The hot path: a frame's packets become packets of every stream that shows their source.

There are two, alike to a bit: one in C (_plane.c), where it was built, and one in Python.
"""

import os
import socket
from collections.abc import Mapping, Sequence
from typing import Protocol, TypeVar, cast

from . import pyplane
from .codecs import Arrival
from .dtls import Keys
from .ice import Address
from .numbering import Start

try:
    from . import _plane
except ImportError:  # no compiler when this was installed
    _plane = None  # type: ignore[assignment]

MOST = 64  # packets forwarded at a time
ENVIRONMENT = "SYNCLASS_PLANE"  # "python": the one in Python even where the other was built
T = TypeVar("T")


class Line(Protocol):
    """The way to one subscriber, shared by all its streams."""

    def key(self, keys: Keys) -> None:
        """DTLS is done.  What is forwarded before is dropped."""

    def aim(self, address: Address) -> None:
        """Send there from now on."""


class Stream(Protocol):
    """One endless outgoing stream of a subscriber (a numbering.Numbered)."""

    @property
    def at(self) -> float | None: ...
    @property
    def length(self) -> int: ...
    @property
    def ts(self) -> int:
        """The newest packet's timestamp as it went out."""

    @property
    def packets(self) -> int: ...
    @property
    def octets(self) -> int:
        """Of payload (RFC 3550 §6.4.1)."""

    def continues(self, seq: int) -> bool: ...
    def begin(self, seq: int, ts: int, step: int, picture: tuple[int, int] | None) -> None: ...

    def speak(self, pt: int, *, sealed: bool) -> None:
        """Use this payload type.

        ``sealed``: keep what went over the wire, instead of what was in it.
        """

    def forget(self) -> None:
        """Nothing that was sent will be sent again."""

    def recall(self, seq: int) -> bytes | tuple[bool, int, bytes] | None:
        """What was sent under this number, if it is still kept.

        The sealed packet, or (marker, timestamp, payload) of the plain one.
        """


class Plane(Protocol):
    """Makes lines and streams, and feeds them.  Its errors are counted, never raised."""

    @property
    def name(self) -> str: ...
    @property
    def sent(self) -> int:
        """Packets the kernel took."""

    @property
    def refused(self) -> int:
        """Packets it did not take: UDP may lose."""

    @property
    def failed(self) -> int:
        """Packets too long, or that SRTP would not seal."""

    def line(self) -> Line: ...

    def stream(self, line: Line, ssrc: int, block: bytes, time_at: int, start: Start) -> Stream:
        """``block`` and ``time_at`` as cover.block_of gives them."""

    def forward(
        self, flow: Mapping[T, Stream], arrivals: Sequence[Arrival], sent: bytes
    ) -> list[T]:
        """Send at most MOST packets of one source down its streams; ``sent``: abs-send-time.

        Returns those for whom a packet did not go on with what they had: it was left out.
        """

    def close(self) -> None:
        """Send nothing any more: the sockets are about to be closed."""


def available() -> str:
    """The name of the plane a worker started now would have."""
    if _plane is None or os.environ.get(ENVIRONMENT) == pyplane.Plane.name:
        return pyplane.Plane.name
    return "c"


def choose(sockets: Sequence[socket.socket]) -> Plane:
    """The plane in C where there is one.  An Address counts the sockets as they come here.

    Cast, for each plane knows its own lines and streams only.
    """
    if available() == pyplane.Plane.name:
        return cast(Plane, pyplane.Plane(sockets))
    return cast(Plane, _plane.Plane([bound.fileno() for bound in sockets]))
