"""A slot: one endless outgoing stream of a subscriber, whatever flows in it."""

from struct import pack
from typing import NamedTuple, Protocol

from .codecs import CLOCK_HZ, Arrival, Codec
from .cover import Cover, block_of
from .history import Allowance, Tries
from .numbering import Start
from .orders import Kind
from .packet import abs_send_time
from .plane import Line, Plane
from .rtcp import sender_report
from .splice import Splice
from .tracks import Source


class Subscriber(Protocol):
    """Whose slot it is."""

    link_bps: int
    """What it says it can take (its last REMB)."""
    allowance: Allowance
    line: Line

    def seal(self, plain: bytes) -> bytes:
        """Encrypt RTP; empty where that is not possible (yet)."""

    def send(self, sealed: bytes) -> None: ...


class Format(NamedTuple):
    """How a slot was agreed upon.  Extension numbers are 0 where not offered."""

    mid: str
    kind: Kind
    pts: dict[Codec, tuple[int, int]]
    """The payload type of each codec, and of its RTX (0: none)."""
    mid_id: int = 0
    time_id: int = 0


class Slot:
    """Feeds one m-section of a subscriber.

    MID goes into media and RTX alike, or Firefox throws every RTX away (measured).
    """

    def __init__(
        self,
        form: Format,
        owner: Subscriber,
        plane: Plane,
        *,
        ssrc: int,
        rtx_ssrc: int,
        start: Start,
    ) -> None:
        self.form = form
        self.ssrc = ssrc
        self.rtx_ssrc = rtx_ssrc
        self._owner = owner
        block, time_at = block_of(form.mid.encode(), mid_id=form.mid_id, time_id=form.time_id)
        self._stream = plane.stream(owner.line, ssrc, block, time_at, start)
        self._rtx_cover = Cover(rtx_ssrc, block, time_at)
        self._rtx_pt = 0
        self._rtx_seq = start.seq
        self._splice = Splice(self, form.kind, self._stream)
        self._tries = Tries()
        self.switches = self.asked = self.resent = 0

    @property
    def source(self) -> Source | None:
        """What flows now."""
        return self._splice.current

    def show(self, source: Source | None, now: float) -> None:
        """Take another source: sound at once, video from its next key frame on."""
        fits = source is not None and source.codec in self.form.pts
        self._splice.show(source if fits else None, now)

    def take(self, source: Source, arrival: Arrival) -> None:
        """At a seam: join the flow of the source with this packet, if it is one to begin with."""
        if self._splice.seam(source, arrival) and self._splice.begin(source, arrival):
            self._turn(source.codec)
            source.run(self, self._stream)

    def resend(self, seqs: tuple[int, ...], now: float) -> None:
        """Answer a NACK, within the bounds of history.py."""
        self.asked += len(seqs)
        for seq in seqs:
            kept = self._stream.recall(seq)
            if kept is None or not self._tries.may(seq, now):
                continue
            size = len(kept if isinstance(kept, bytes) else kept[2])
            if not self._owner.allowance.spend(size, self._owner.link_bps, now):
                return
            self.resent += 1
            again = kept if isinstance(kept, bytes) else self._rtx(seq, *kept, now)
            self._owner.send(again)

    def ask_key(self, now: float) -> None:
        """The subscriber cannot go on without a key frame."""
        source = self._splice.current or self._splice.wanted
        if source is not None:
            source.ask_key(now)

    def report(self, now: float, wall: float) -> bytes | None:
        """The sender report of this stream (RFC 3550 §6.4.1), once something has flowed."""
        stream = self._stream
        if stream.at is None:
            return None
        rtp = stream.ts + int((now - stream.at) * CLOCK_HZ[self.form.kind])
        return sender_report(self.ssrc, wall, rtp, stream.packets, stream.octets)

    def _turn(self, codec: Codec) -> None:
        pt, self._rtx_pt = self.form.pts[codec]
        self.switches += 1
        self._stream.speak(pt, sealed=not self._rtx_pt)
        if self.form.kind == "video":
            self._stream.forget()

    def _rtx(self, seq: int, marker: bool, ts: int, payload: bytes, now: float) -> bytes:
        """RFC 4588 §4: a stream of its own, the old number in front of the payload."""
        self._rtx_seq = (self._rtx_seq + 1) & 0xFFFF
        return self._owner.seal(
            self._rtx_cover.wrap(
                marker,
                self._rtx_pt,
                self._rtx_seq,
                ts,
                sent=abs_send_time(now),
                head=pack("!H", seq),
                rest=payload,
            )
        )
