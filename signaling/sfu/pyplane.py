"""The forwarding plane in Python: serves where no compiler was, and says what the one in C does."""

import errno
import socket
from collections.abc import Mapping, Sequence
from struct import pack
from typing import TypeVar

from .codecs import Arrival
from .cover import Cover
from .dtls import LONGEST_PLAIN, Keys
from .history import SIZE, SIZE_SEALED, History
from .ice import Address
from .numbering import Numbering, Placed, Start

UDP_SEGMENT = 103  # linux/udp.h
_SEGMENTS, _SEGMENTS_SIZE = 60, 60_000  # packets and bytes in a GSO send: below 64 and 65508
_UNCUT = {errno.EIO, errno.EINVAL, errno.EOPNOTSUPP, errno.EMSGSIZE}
"""What hosts and ways answer where they cannot cut."""
T = TypeVar("T")


class Line:
    """The way to one subscriber."""

    def __init__(self) -> None:
        self.keys: Keys | None = None
        self.address: Address | None = None
        self.segmented = True
        """GSO has not been refused on the way there."""

    def key(self, keys: Keys) -> None:
        self.keys = keys

    def aim(self, address: Address) -> None:
        self.address = address
        self.segmented = True


class Stream(Numbering):
    """One endless outgoing stream of a subscriber."""

    def __init__(self, line: Line, ssrc: int, block: bytes, time_at: int, start: Start) -> None:
        super().__init__(start)
        self.line = line
        self.cover = Cover(ssrc, block, time_at)
        self.pt = 0
        self.sealed = False
        self.packets = self.octets = 0
        self.history: History[bytes | tuple[Arrival, Placed]] = History()

    def speak(self, pt: int, *, sealed: bool) -> None:
        self.pt = pt
        if sealed is not self.sealed:
            self.sealed = sealed
            self.history = History(SIZE_SEALED if sealed else SIZE)

    def forget(self) -> None:
        self.history.clear()

    def recall(self, seq: int) -> bytes | tuple[bool, int, bytes] | None:
        kept = self.history.recall(seq)
        if kept is None or isinstance(kept, bytes):
            return kept
        arrival, placed = kept
        return arrival.packet.marker, placed.ts, placed.head(arrival) + arrival.rest


class Plane:
    """Sends the packets of a frame for one subscriber together, where the kernel cuts them up."""

    name = "python"

    def __init__(self, sockets: Sequence[socket.socket]) -> None:
        self.sent = self.refused = self.failed = 0
        self._sockets = sockets

    def line(self) -> Line:
        return Line()

    def stream(self, line: Line, ssrc: int, block: bytes, time_at: int, start: Start) -> Stream:
        return Stream(line, ssrc, block, time_at, start)

    def forward(
        self, flow: Mapping[T, Stream], arrivals: Sequence[Arrival], sent: bytes
    ) -> list[T]:
        strays = []
        for taker, stream in flow.items():
            strayed, sealed = False, []
            for arrival in arrivals:
                if stream.continues(arrival.packet.seq):
                    sealed.append(self._seal(stream, arrival, sent))
                else:
                    strayed = True
            if strayed:
                strays.append(taker)
            self._send(stream.line, [data for data in sealed if data])
        return strays

    def close(self) -> None:
        self._sockets = ()

    def _seal(self, stream: Stream, arrival: Arrival, sent: bytes) -> bytes:
        """Number, cover, seal and keep; empty where nothing is to go out."""
        line, placed, packet = stream.line, stream.place(arrival), arrival.packet
        if placed is None or line.keys is None:
            return b""
        plain = stream.cover.wrap(
            packet.marker,
            stream.pt,
            placed.seq,
            placed.ts,
            sent=sent,
            head=placed.head(arrival),
            rest=arrival.rest,
        )
        sealed = line.keys.seal(plain) if len(plain) <= LONGEST_PLAIN else b""
        if not sealed:
            self.failed += 1
            return b""
        # Sound has no RTX: the very same bytes go again.  Sealing its number once more with another
        # send time would use a GCM nonce twice (RFC 7714 §8.1).
        stream.history.keep(placed.seq, sealed if stream.sealed else (arrival, placed))
        stream.packets += 1
        stream.octets += len(packet.payload)
        return sealed

    def _send(self, line: Line, sealed: list[bytes]) -> None:
        if not sealed or line.address is None or line.address[2] >= len(self._sockets):
            return
        ip, port, number = line.address
        bound = self._sockets[number]
        if line.segmented and _alike(sealed):
            size = [(socket.IPPROTO_UDP, UDP_SEGMENT, pack("=H", len(sealed[0])))]
            try:
                bound.sendmsg(sealed, size, 0, (ip, port))
                self.sent += len(sealed)
                return
            except OSError as error:
                line.segmented = error.errno not in _UNCUT
        for data in sealed:
            try:
                bound.sendto(data, (ip, port))
                self.sent += 1
            except OSError:  # full, or no way there: UDP may lose
                self.refused += 1


def _alike(sealed: list[bytes]) -> bool:
    """Several, of one size but for a shorter last one, and not too many?"""
    size, many = len(sealed[0]), len(sealed)
    if not 1 < many <= _SEGMENTS or many * size > _SEGMENTS_SIZE:
        return False
    return len(sealed[-1]) <= size and all(len(data) == size for data in sealed[:-1])
