"""A client as the plane in Python has it: its keys, the way to it, and what its reports say."""

import itertools

from synclass.errors import Malformed

from .dtls import Keys
from .history import LINK_BPS, Allowance
from .ice import Address
from .pacer import Pacer
from .plane import MOST, MOST_SENDERS, REPORTS, SHORTEST
from .pyoutlet import Outlet, Way, cuts_of
from .pysource import Source
from .pystream import Stream
from .rtcp import NTP_EPOCH, Block, Nack, Remb, blocks, parts, read

_BYE, _SENDER, _RECEIVER, _PAYLOAD = 203, 200, 201, 206  # packet types (RFC 3550 §12.1, RFC 4585)
_PLEAS = {1, 4}  # PLI and FIR
_MOST_BPS = 2**40  # a REMB may say anything


class Line:
    """``pacing`` holds those whose pacer holds something."""

    def __init__(self, outlet: Outlet, pacing: dict["Line", None]) -> None:
        self.keys: tuple[Keys, Keys] | None = None
        self.sources: dict[int, Source] = {}
        self.repairs: dict[int, Source] = {}
        self.streams: dict[int, Stream] = {}
        self._senders: set[int] = set()
        self.remb, self.remb_at, self.rtt, self.heard_at = 0, -1.0, -1.0, -1.0
        self.malformed = self.octets = self.resent = 0
        self._outlet = outlet
        self._way: Way | None = None
        self._pacer = Pacer()
        self._paced = False
        """The pacer must be asked."""
        self._pacing = pacing
        self._allowance = Allowance()
        self._wall: float | None = None
        """Seconds from our clock to NTP's, as the last report said."""

    @property
    def waiting(self) -> int:
        return self._pacer.waiting

    @property
    def keyed(self) -> bool:
        return self.keys is not None

    def key(self, sending: Keys, receiving: Keys) -> None:
        self.keys = sending, receiving
        self._senders.clear()
        for stream in self.streams.values():
            stream.restart()

    def aim(self, address: Address) -> None:
        self._way = self._outlet.way(address)

    def close(self) -> None:
        self.keys = self._way = None
        self.sources, self.repairs, self.streams = {}, {}, {}
        self._pacing.pop(self, None)

    def send(self, data: bytes) -> bool:
        if self._way is None or not self._outlet.send(self._way, data):
            return False
        self.octets += len(data)
        return True

    def control(self, plain: bytes) -> bool:
        sealed = self.keys[0].seal_rtcp(plain) if self.keys and plain else b""
        if not sealed:
            return False
        if not self._pacer.idle:
            self._pacer.charge(len(sealed))
        return self.send(sealed)

    def pace(self, bps: int) -> None:
        self._pacer.pace(bps)
        self._paced = not self._pacer.idle

    def drop(self) -> None:
        self._outlet.refused += self._pacer.drop()

    def pump(self, now: float) -> None:
        """Send what the pacer lets go."""
        self._go(self._pacer.release(now))
        if not self._pacer.waiting:
            self._pacing.pop(self, None)
            self._paced = not self._pacer.idle

    def seal(self, plains: list[bytes]) -> list[bytes]:
        if self.keys is None:
            return []
        sealed = self.keys[0].seal_all(plains)
        if b"" in sealed:
            self._outlet.failed += sealed.count(b"")
        return sealed

    def forward(self, sealed: list[bytes], cuts: list[int], now: float) -> None:
        if self._paced:
            self._hold_back(sealed, now)
        elif self._way is not None:
            self.octets += self._outlet.send_all(self._way, sealed, cuts)

    def utter(self, plain: bytes, now: float) -> bytes:
        if self.keys is None:
            return b""
        sealed = self.keys[0].seal(plain)
        if not sealed:
            self._outlet.failed += 1
            return b""
        if self._paced:
            self._pacer.charge(len(sealed), now)
        if self._way is not None and self._outlet.send(self._way, sealed):
            self.octets += len(sealed)
        return sealed

    def may_resend(self, octets: int, now: float) -> bool:
        link = min(self.remb or LINK_BPS, self._pacer.bps or _MOST_BPS)
        return self._allowance.spend(octets, link, now)

    def resend(self, sealed: bytes, now: float) -> None:
        self.resent += 1
        if sealed:
            self._charge(len(sealed), now)
            self.send(sealed)

    def probe(self, octets: int, now: float) -> int:
        able = [s for s in self.streams.values() if s.repairable]
        if not able or self.keys is None or self._way is None:
            return 0
        stream, went = max(able, key=_newest), 0
        rounds = itertools.chain.from_iterable(stream.copies(now) for _ in range(MOST))
        copies = itertools.islice(rounds, MOST)
        while went < octets and (sealed := next(copies, b"")):
            went += len(sealed) if self.send(sealed) else 0
        return went

    def report(self, now: float, wall: float) -> None:
        self._wall = wall + NTP_EPOCH - now
        said = [said for s in self.streams.values() if (said := s.report(now, wall))]
        for at in range(0, len(said), REPORTS):  # together: sealing and sending is the dear part
            self.control(b"".join(said[at : at + REPORTS]))

    def open(self, sealed: bytes, now: float) -> bytes:
        """An SRTP or SRTCP datagram (RFC 5761 §4), opened; empty, and counted, where it is bad."""
        try:
            plain = self._opened(sealed)
        except Malformed:
            self.malformed += 1
            return b""
        self.heard_at = now
        return plain

    def _opened(self, sealed: bytes) -> bytes:
        if self.keys is None or len(sealed) < SHORTEST:
            raise Malformed("nothing that could be opened")
        rtcp = 192 <= sealed[1] <= 223
        ssrc = int.from_bytes(sealed[4:8] if rtcp else sealed[8:12])
        if ssrc not in self._senders and len(self._senders) == MOST_SENDERS:
            raise Malformed("too many senders of one client")
        plain = self.keys[1].open_rtcp(sealed) if rtcp else self.keys[1].open(sealed)
        self._senders.add(ssrc)
        return plain

    def hear(self, plain: bytes, now: float) -> bool:
        """Take an RTCP compound; True where there is something in it for others.

        Raises Malformed.
        """
        for_others = False
        for kind, fmt, body in parts(plain):
            if kind in (_SENDER, _RECEIVER):
                for block in blocks(kind, fmt, body):
                    self._hear_block(block, now)
            for message in read(kind, fmt, body) if kind not in (_SENDER, _BYE) else ():
                match message:
                    case Nack(ssrc, seqs) if ssrc in self.streams:
                        self.streams[ssrc].answer(seqs, now)
                    case Remb(bps):
                        self.remb, self.remb_at = min(bps, _MOST_BPS), now
            plea = kind == _PAYLOAD and fmt in _PLEAS
            for_others = for_others or plea or kind in (_SENDER, _BYE)
        return for_others

    def _hear_block(self, block: Block, now: float) -> None:
        stream = self.streams.get(block.ssrc)
        if stream is None:
            return
        stream.reported(block, now)
        if block.lsr and self._wall is not None:
            ticks = (int((now + self._wall) * 65536) - block.lsr - block.dlsr) & 0xFFFFFFFF
            if ticks < 1 << 31:
                self.rtt = ticks / 65536

    def _charge(self, octets: int, now: float) -> None:
        if self._paced:
            self._pacer.charge(octets, now)

    def _hold_back(self, sealed: list[bytes], now: float) -> None:
        if self._way is None:
            return
        going, refused = self._pacer.admit(sealed, now)
        self._outlet.refused += refused
        self._go(going)
        if self._pacer.waiting:
            self._pacing[self] = None

    def _go(self, sealed: list[bytes]) -> None:
        if self._way is not None:
            cuts = cuts_of([len(data) for data in sealed])
            self.octets += self._outlet.send_all(self._way, sealed, cuts)


def _newest(stream: Stream) -> float:
    return -1.0 if stream.at is None else stream.at
