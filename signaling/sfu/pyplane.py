"""The forwarding plane in Python: serves where no compiler was, and says what the one in C does."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from .codecs import Arrival
from .cover import Cover
from .dtls import LONGEST_PLAIN, Keys
from .history import SIZE, SIZE_SEALED, History
from .ice import Address
from .numbering import Numbering, Placed, Start

T = TypeVar("T")


class Line:
    """The way to one subscriber."""

    def __init__(self) -> None:
        self.keys: Keys | None = None
        self.address: Address | None = None

    def key(self, keys: Keys) -> None:
        self.keys = keys

    def aim(self, address: Address) -> None:
        self.address = address


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
    """Sends each packet by itself."""

    name = "python"

    def __init__(self, send: Callable[[bytes, Address], bool]) -> None:
        """``send`` is False where the kernel would not."""
        self.sent = self.refused = self.failed = 0
        self._send = send

    def line(self) -> Line:
        return Line()

    def stream(self, line: Line, ssrc: int, block: bytes, time_at: int, start: Start) -> Stream:
        return Stream(line, ssrc, block, time_at, start)

    def forward(
        self, flow: Mapping[T, Stream], arrivals: Sequence[Arrival], sent: bytes
    ) -> list[T]:
        strays = []
        for taker, stream in flow.items():
            strayed = False
            for arrival in arrivals:
                if stream.continues(arrival.packet.seq):
                    self._pass(stream, arrival, sent)
                else:
                    strayed = True
            if strayed:
                strays.append(taker)
        return strays

    def close(self) -> None:
        self._send = lambda data, address: False

    def _pass(self, stream: Stream, arrival: Arrival, sent: bytes) -> None:
        line, placed, packet = stream.line, stream.place(arrival), arrival.packet
        if placed is None or line.keys is None:
            return
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
            return
        # Sound has no RTX: the very same bytes go again.  Sealing its number once more with another
        # send time would use a GCM nonce twice (RFC 7714 §8.1).
        stream.history.keep(placed.seq, sealed if stream.sealed else (arrival, placed))
        stream.packets += 1
        stream.octets += len(packet.payload)
        if line.address is None:
            return
        if self._send(sealed, line.address):
            self.sent += 1
        else:
            self.refused += 1
