"""The plane in Python: serves where no compiler was, and says what the one in C does."""

import socket
from collections.abc import Sequence
from struct import unpack_from

from synclass.errors import Malformed

from .codecs import Codec
from .cover import Cover
from .ice import Address
from .numbering import Start
from .orders import Kind
from .packet import Rtp, parse_rtp
from .plane import GAPS, MOST, SHORTEST, Event
from .pyline import Line
from .pyoutlet import Outlet
from .pysource import Frame, Source
from .pystream import Stream
from .pytape import Tape

_LONGEST = 2048  # bytes read of a datagram; longer than any that is taken


class Plane:
    """All packets of a worker pass here, one frame of a source after another."""

    name = "python"

    def __init__(self, sockets: Sequence[socket.socket]) -> None:
        self.received = self.dropped = 0
        self._outlet = Outlet(sockets)
        self._lines: dict[Address, Line] = {}
        self._gathering: dict[Source, None] = {}
        self._pacing: dict[Line, None] = {}
        self._told: list[Event] = []

    @property
    def sent(self) -> int:
        return self._outlet.sent

    @property
    def refused(self) -> int:
        return self._outlet.refused

    @property
    def failed(self) -> int:
        return self._outlet.failed

    @property
    def sends(self) -> int:
        return self._outlet.sends

    @property
    def unsegmented(self) -> int:
        return self._outlet.unsegmented

    @property
    def waiting(self) -> bool:
        return bool(self._gathering)

    @property
    def pacing(self) -> bool:
        return bool(self._pacing)

    def line(self) -> Line:
        return Line(self._outlet, self._pacing)

    def source(self, line: Line, ssrc: int, codec: Codec, *, level_id: int = 0) -> Source:
        line.repairs.pop(ssrc, None)
        line.sources[ssrc] = source = Source(ssrc, codec, level_id)
        return source

    def repair(self, line: Line, ssrc: int, source: Source) -> None:
        line.sources.pop(ssrc, None)
        line.repairs[ssrc] = source

    def drop(self, line: Line, source: Source) -> None:
        for table in (line.sources, line.repairs):
            for ssrc in [ssrc for ssrc, whose in table.items() if whose is source]:
                del table[ssrc]
        self._gathering.pop(source, None)
        source.takers = {}  # what is gathered goes nowhere, now or as a resend

    def stream(  # noqa: PLR0917 - as in the contract
        self,
        line: Line,
        ssrc: int,
        rtx_ssrc: int,
        block: bytes,
        time_at: int,
        start: Start,
        *,
        kind: Kind,
    ) -> Stream:
        cover, rtx_cover = (Cover(number, block, time_at) for number in (ssrc, rtx_ssrc))
        line.streams[ssrc] = stream = Stream(line, cover, rtx_cover, start, kind)
        return stream

    def tape(self, kind: Kind) -> Tape:
        return Tape(kind)

    def bind(self, address: Address, line: Line) -> None:
        self._lines[address] = line

    def unbind(self, address: Address) -> None:
        self._lines.pop(address, None)

    def receive(self, number: int, now: float) -> list[Event]:
        bound = self._outlet.sockets[number]
        for _ in range(MOST):
            try:
                data, (ip, port) = bound.recvfrom(_LONGEST)
            except OSError:
                break
            self.received += 1
            self._sort(data, (ip, port, number), now)
        return self._tell()

    def feed(self, line: Line, data: bytes, now: float) -> tuple[bool, list[Event]]:
        return self._open(line, data, now), self._tell()

    def inject(self, line: Line, plain: bytes, now: float) -> list[Event]:
        self._arrive(line, plain, now)
        return self._tell()

    def flush(self, now: float) -> None:
        for source in tuple(self._gathering):
            self._deliver(source, now)

    def pump(self, now: float) -> None:
        for line in tuple(self._pacing):
            line.pump(now)

    def close(self) -> None:
        self._outlet.close()

    def _tell(self) -> list[Event]:
        told, self._told = self._told, []
        return told

    def _sort(self, data: bytes, source: Address, now: float) -> None:
        """By the first byte (RFC 7983 §7), and by where it comes from."""
        first = data[0] if len(data) >= SHORTEST else 255
        line = self._lines.get(source)
        if first < 4 or (line is not None and 19 < first < 64) or (line is None and _rtp(first)):
            self._told.append(("datagram", data, source))
        elif line is not None and _rtp(first):
            self._open(line, data, now)
        else:
            self.dropped += 1

    def _open(self, line: Line, data: bytes, now: float) -> bool:
        """Take an SRTP or SRTCP datagram; True where it authenticated."""
        plain = line.open(data, now)
        if not plain:
            return False
        if not 192 <= data[1] <= 223:
            self._arrive(line, plain, now)
            return True
        try:
            if line.hear(plain, now):
                self._told.append(("control", line, plain))
        except Malformed:
            line.malformed += 1
        return True

    def _arrive(self, line: Line, plain: bytes, now: float) -> None:
        try:
            rtp = parse_rtp(plain)
        except Malformed:
            line.malformed += 1
            return
        source = line.sources.get(rtp.ssrc)
        if source is not None:
            self._take(source, rtp, now)
        elif (source := line.repairs.get(rtp.ssrc)) is None:
            self._told.append(("unknown", line, plain))
        elif len(rtp.payload) < 2:  # padding, to try the line
            self.dropped += 1
        else:
            [seq] = unpack_from("!H", rtp.payload)
            self._take(source, rtp._replace(seq=seq, payload=rtp.payload[2:]), now, repaired=True)

    def _take(self, source: Source, rtp: Rtp, now: float, *, repaired: bool = False) -> None:
        way = source.way(rtp.seq)
        if source.leaps(way):
            if repaired:
                self.dropped += 1
                return
            self._deliver(source, now)
            way = source.restart(rtp.seq)
        elif way > 1:
            count = min(way - 1, GAPS)
            self._told.append(("gap", source, (rtp.seq - count) & 0xFFFF, count))
        if source.crowds(way):
            self._deliver(source, now)
        packet = source.come(rtp, way, now, repaired=repaired)
        if packet is None:
            self.dropped += 1
            return
        source.gathered.append(packet)
        if packet.marker or source.sound or len(source.gathered) == MOST:
            self._deliver(source, now)
        else:
            self._gathering[source] = None

    def _deliver(self, source: Source, now: float) -> None:
        packets, source.gathered = source.gathered, []
        self._gathering.pop(source, None)
        if not packets or not source.takers:
            return
        frame = Frame(packets, now)
        for taker in tuple(source.takers):
            taker.take(source, frame, self._told)


def _rtp(first: int) -> bool:
    return 127 < first < 192
