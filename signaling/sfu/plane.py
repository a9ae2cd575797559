"""The contract of the plane: packets from the socket and back to it, without Python per packet.

There are two, alike to a bit: one in C (_plane.c), where it was built, and one in Python
(pyplane.py).  planes.py chooses.  What a plane makes is opaque, and hashable by identity.
"""

from typing import Literal, Protocol, TypeAlias

from .codecs import Codec
from .dtls import Keys
from .ice import Address
from .numbering import Start
from .orders import Kind

CONTRACT = 6
"""Grows with each change below; a built plane of another number is not used."""
MOST = 64  # packets of a source gathered, and datagrams read, at a time
WAIT = 0.002  # seconds the packets of an unfinished frame may be kept back
PUMP = 0.005  # seconds between two pumps while packets are held back by pacers
SHORTEST = 13  # bytes: a DTLS record's header (RFC 6347 §4.1), the shortest thing anybody sends
MOST_SENDERS = 64
"""SSRCs that a client's keys have opened packets of; a browser with all it has sends 16.

libsrtp keeps a list of them, and goes through it for each packet: one more is not opened."""
RING, RING_SOUND = 1024, 128  # packets of a source that are kept
KEPT = 512  # numbers of a stream that can be asked for again
KEPT_SEALED, KEPT_SOUND = 128, 64  # where it keeps what it has sealed: of video, of sound
GAPS = 64  # numbers told of one gap; nobody sends more again
ALL = 7  # the highest temporal layer there can be (RFC 9628 §4.2 has three bits)
REPORTS = 40  # sender reports in a datagram, of 28 bytes each
PACE_BURST, PACE_BYTES = 0.02, 3000  # a pacer lets this much through at once: seconds, or bytes
PACE_WAIT, PACE_LEAST = 0.4, 65536  # what may wait in it: seconds of its rate, or bytes


class Source(Protocol):
    """One incoming SSRC: a microphone, or one layer of a camera (RFC 3550 A.3, A.8)."""

    @property
    def ssrc(self) -> int: ...
    @property
    def packets(self) -> int:
        """Without repetitions, and without those that RTX brought; so ``octets``, of payload."""

    @property
    def octets(self) -> int: ...
    @property
    def base(self) -> int:
        """The first and (``top``) the highest extended number; -1 before the first packet."""

    @property
    def top(self) -> int: ...
    @property
    def jitter(self) -> float:
        """In RTP units."""

    @property
    def last_at(self) -> float:
        """When the highest number came (-1: none has); ``last_ts``: its timestamp."""

    @property
    def last_ts(self) -> int: ...
    @property
    def key_at(self) -> float:
        """When the first packet of the newest key frame came; -1, and for sound."""

    @property
    def repaired(self) -> int:
        """Packets that RTX brought."""

    @property
    def tids(self) -> int:
        """Temporal layers seen; 1 where there are none."""

    def loudest(self) -> int:
        """The smallest -dBov (RFC 6464) since the last call; 127 where there was none."""

    def has(self, seq: int) -> bool:
        """Has the packet of this number (16 bits) come?  Not said of more than RING."""


class Line(Protocol):
    """A client: its keys, the way to it, and what its reports say."""

    @property
    def keyed(self) -> bool:
        """Has it keys?"""

    def key(self, sending: Keys, receiving: Keys) -> None:
        """DTLS is done.  What was forwarded before was dropped, so all its streams begin anew."""

    def aim(self, address: Address) -> None:
        """Send there from now on."""

    def send(self, data: bytes) -> bool:
        """A datagram as it is: of DTLS, or a sealed packet.  False: not sent."""

    def control(self, plain: bytes) -> bool:
        """RTCP: sealed and sent."""

    def pace(self, bps: int) -> None:
        """Hold video back to this rate; 0 (as it begins): no more.  Sound is never held back."""

    def drop(self) -> None:
        """Lose the pictures that are held back: a line that has become so thin carries others."""

    def probe(self, octets: int, now: float) -> int:
        """Send about so many bytes of RTX copies of the newest video packets; -> bytes sent."""

    def report(self, now: float, wall: float) -> None:
        """Sender reports of all its streams that have sent; ``wall`` is Unix time."""

    def close(self) -> None:
        """Forget sources, keys, address: nothing goes in or out any more."""

    @property
    def remb(self) -> int:
        """bit/s of the last REMB, and when it came (``remb_at``); 0 and -1 before."""

    @property
    def remb_at(self) -> float: ...
    @property
    def rtt(self) -> float:
        """Seconds, from the report blocks about our streams; -1: unknown."""

    @property
    def malformed(self) -> int:
        """Datagrams that did not authenticate or parse."""

    @property
    def heard_at(self) -> float:
        """When the last packet authenticated; -1: none has."""

    @property
    def octets(self) -> int:
        """Sent to it in all: UDP payload, resends and probes included."""

    @property
    def resent(self) -> int:
        """Packets sent again because they were asked for."""

    @property
    def waiting(self) -> int:
        """Bytes held back by the pacer now."""


class Stream(Protocol):
    """One endless outgoing stream of a subscriber, or a tape, whatever flows in it."""

    @property
    def ssrc(self) -> int: ...
    @property
    def current(self) -> Source | None:
        """What flows; None from a leap of its numbers until the next key frame, too."""

    @property
    def wanted(self) -> Source | None:
        """What was asked for: it flows from its next key frame (sound: packet) on."""

    @property
    def at(self) -> float | None:
        """When the newest packet came; None before the first."""

    @property
    def length(self) -> int:
        """RTP units the newest packet sounds; 0 for pictures."""

    @property
    def ts(self) -> int:
        """The newest packet's timestamp as it went out."""

    @property
    def packets(self) -> int:
        """Sent, and their payload in bytes (``octets``), as RFC 3550 §6.4.1 counts them."""

    @property
    def octets(self) -> int: ...
    @property
    def top(self) -> int:
        """The highest number given out; it grows by more than ``packets`` where some never came."""

    @property
    def switches(self) -> int:
        """Beginnings: another source, or the same after a leap."""

    @property
    def asked(self) -> int:
        """Packets that were asked for again while they were there, each counted once.

        ``resent``: times that one was sent again."""

    @property
    def resent(self) -> int: ...
    @property
    def loss(self) -> float:
        """Of the last report block: the fraction lost, 0..1; ``lost`` in all, ``jitter`` in RTP
        units, ``reached``, the highest number that had come and how often they had begun anew (16
        bits each), and ``reported_at``, -1 before the first."""

    @property
    def lost(self) -> int: ...
    @property
    def jitter(self) -> int: ...
    @property
    def reached(self) -> int: ...
    @property
    def reported_at(self) -> float: ...

    def show(self, source: Source | None, pt: int, rtx_pt: int) -> None:
        """Another source from its next key frame on, under these payload types; None: nothing.

        The present one flows meanwhile.  The same again: only the payload types change, at once.
        Without RTX (``rtx_pt`` 0) what is asked for again are the very same sealed bytes.
        """

    def restart(self) -> None:
        """Let nothing through until the next key frame, as if the source were new."""

    def still(self, now: float) -> bool:
        """While nothing flows: the newest key frame of what is wanted once more, as a still.

        It flows from its next one on.  False: not all of that frame is kept.
        """

    def limit(self, tid: int) -> None:
        """Temporal layers up to this one only; up again at a sync or key frame."""

    def divert(self, on: bool, /) -> None:
        """Sound goes out as "voice" events instead of packets."""

    def emit(
        self, ts: int, payload: bytes, *, pt: int, marker: bool, length: int, now: float
    ) -> bytes:
        """The next packet of a diverted stream: numbered, sealed, kept, sent.

        ``length``: RTP units it sounds.

        -> the sealed bytes, which may be sent again with ``line.send``; b"": it could not be.
        """

    def stamp(self, ts: int) -> int:
        """A timestamp of the present source as it goes out."""

    def fetch(self) -> list[tuple[float, bytes]]:
        """Of tapes: (when it came, plain RTP of payload type 96) since the last fetch."""


Datagram: TypeAlias = tuple[Literal["datagram"], bytes, Address]
"""STUN from anywhere, DTLS from a bound address, or (S)RTP from one nobody is bound to."""
Unknown: TypeAlias = tuple[Literal["unknown"], Line, bytes]
"""Authenticated RTP whose SSRC is none of the line's sources or repairs."""
Control: TypeAlias = tuple[Literal["control"], Line, bytes]
"""Authenticated RTCP with SR, BYE, PLI or FIR in it.  The rest of it has been dealt with."""
Gap: TypeAlias = tuple[Literal["gap"], Source, int, int]
"""(first, count): numbers of 16 bits that were jumped over, the newest GAPS of them."""
Voice: TypeAlias = tuple[Literal["voice"], Stream, int, int, bool, bytes, float]
"""A packet of a diverted stream: its source's number, outgoing timestamp, marker, payload, at."""
Event: TypeAlias = Datagram | Unknown | Control | Gap | Voice


class Plane(Protocol):
    """Makes lines, sources and streams, and feeds them.  Its errors are counted, never raised."""

    @property
    def name(self) -> str: ...
    @property
    def sent(self) -> int:
        """Packets the kernel took."""

    @property
    def refused(self) -> int:
        """Packets it did not take, those a pacer had no room for or dropped: UDP may lose."""

    @property
    def failed(self) -> int:
        """Packets too long, or that SRTP would not seal."""

    @property
    def sends(self) -> int:
        """Calls that sent them."""

    @property
    def unsegmented(self) -> int:
        """Lines on whose way the kernel would not cut."""

    @property
    def received(self) -> int:
        """Datagrams read."""

    @property
    def dropped(self) -> int:
        """Datagrams of strangers, and packets that came twice or too late."""

    @property
    def waiting(self) -> bool:
        """Packets of unfinished frames are held: ``flush`` within WAIT."""

    @property
    def pacing(self) -> bool:
        """Packets are held back by pacers: ``pump`` every PUMP."""

    def line(self) -> Line: ...

    def source(self, line: Line, ssrc: int, codec: Codec, *, level_id: int = 0) -> Source:
        """From now on packets of the line with this SSRC are this source's."""

    def repair(self, line: Line, ssrc: int, source: Source) -> None:
        """This SSRC is RTX (RFC 4588) for the source: unwrapped, and put into its place."""

    def drop(self, line: Line, source: Source) -> None:
        """The source is no more: its SSRCs are unknown again, its streams stand still."""

    def stream(  # noqa: PLR0917 - each is needed, and the one in C takes no more names
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
        """``block`` and ``time_at`` as cover.block_of gives them."""

    def tape(self, kind: Kind) -> Stream: ...

    def bind(self, address: Address, line: Line) -> None:
        """Datagrams from there are this client's."""

    def unbind(self, address: Address) -> None: ...

    def receive(self, number: int, now: float) -> list[Event]:
        """Read what socket ``number`` has (<= MOST), do all that can be done, tell the rest."""

    def feed(self, line: Line, data: bytes, now: float) -> tuple[bool, list[Event]]:
        """One SRTP or SRTCP datagram as this client's; -> (did it authenticate, events)."""

    def inject(self, line: Line, plain: bytes, now: float) -> list[Event]:
        """One plain RTP packet as if it had just been opened: after "unknown" and ``source``."""

    def flush(self, now: float) -> None:
        """Send what is held of unfinished frames."""

    def pump(self, now: float) -> None:
        """Send what pacers let go by now."""

    def close(self) -> None:
        """Send nothing any more: the sockets are about to be closed."""
