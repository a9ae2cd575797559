"""A slot: one endless outgoing stream of a subscriber, whatever flows in it."""

from struct import pack
from typing import NamedTuple, Protocol

from .codecs import CLOCK_HZ, Arrival, Codec
from .history import Allowance, History
from .orders import Kind
from .packet import abs_send_time
from .plane import Cover
from .rtcp import sender_report
from .splice import Splice, Spliced, Start
from .tracks import Source


class Line(Protocol):
    """The way to one subscriber."""

    link_bps: int
    """What it says it can take (its last REMB)."""
    allowance: Allowance

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


class Sent(NamedTuple):
    """What a resend needs; the payload itself is shared by all subscribers."""

    arrival: Arrival
    spliced: Spliced
    pt: int
    rtx_pt: int


class Slot:
    """Feeds one m-section of a subscriber.

    MID goes into media and RTX alike, or Firefox throws every RTX away (measured).
    """

    def __init__(self, form: Format, line: Line, *, ssrc: int, rtx_ssrc: int, start: Start) -> None:
        self.form = form
        self.ssrc = ssrc
        self.rtx_ssrc = rtx_ssrc
        self._line = line
        self._cover, self._rtx_cover = (
            Cover(of, mid=form.mid.encode(), mid_id=form.mid_id, time_id=form.time_id)
            for of in (ssrc, rtx_ssrc)
        )
        self._splice = Splice(self, form.kind, start)
        self._history: History[Sent | bytes] = History()
        self._rtx_seq = start.seq
        self.packets = self.octets = self.switches = self.asked = self.resent = 0

    @property
    def source(self) -> Source | None:
        """What flows now."""
        return self._splice.current

    def show(self, source: Source | None, now: float) -> None:
        """Take another source: sound at once, video from its next key frame on."""
        fits = source is not None and source.codec in self.form.pts
        self._splice.show(source if fits else None, now)

    def take(self, source: Source, arrival: Arrival) -> None:
        """Pass a packet on, if its source is the one shown here."""
        spliced = self._splice.take(source, arrival)
        if spliced is None:
            return
        if spliced.seam:
            self._turn()
        sent = Sent(arrival, spliced, *self.form.pts[source.codec])
        sealed = self._line.seal(self._media(sent))
        if not sealed:
            return
        # Sound has no RTX: the very same bytes go again.  Sealing its number once more with another
        # send time would use a GCM nonce twice (RFC 7714 §8.1).
        self._history.keep(spliced.seq, sent if sent.rtx_pt else sealed, arrival.at)
        self.packets += 1
        self.octets += len(arrival.packet.payload)
        self._line.send(sealed)

    def resend(self, seqs: tuple[int, ...], now: float) -> None:
        """Answer a NACK, within the bounds of history.py."""
        self.asked += len(seqs)
        for seq in seqs:
            kept = self._history.recall(seq, now)
            if kept is None:
                continue
            size = len(kept if isinstance(kept, bytes) else kept.arrival.packet.payload)
            if not self._line.allowance.spend(size, self._line.link_bps, now):
                return
            self.resent += 1
            sealed = kept if isinstance(kept, bytes) else self._line.seal(self._rtx(kept, now))
            self._line.send(sealed)

    def ask_key(self, now: float) -> None:
        """The subscriber cannot go on without a key frame."""
        source = self._splice.current or self._splice.wanted
        if source is not None:
            source.ask_key(now)

    def report(self, now: float, wall: float) -> bytes | None:
        """The sender report of this stream (RFC 3550 §6.4.1), once something has flowed."""
        if self._splice.at is None:
            return None
        elapsed = int((now - self._splice.at) * CLOCK_HZ[self.form.kind])
        rtp = self._splice.numbers.ts + elapsed
        return sender_report(self.ssrc, wall, rtp, self.packets, self.octets)

    def _turn(self) -> None:
        self.switches += 1
        if self.form.kind == "video":
            self._history.clear()

    def _media(self, sent: Sent) -> bytes:
        arrival, spliced = sent.arrival, sent.spliced
        return self._cover.wrap(
            arrival.packet.marker,
            sent.pt,
            spliced.seq,
            spliced.ts,
            sent=arrival.stamp,
            head=spliced.head(arrival),
            rest=arrival.rest,
        )

    def _rtx(self, sent: Sent, now: float) -> bytes:
        """RFC 4588 §4: a stream of its own, the old number in front of the payload."""
        self._rtx_seq = (self._rtx_seq + 1) & 0xFFFF
        arrival, spliced = sent.arrival, sent.spliced
        return self._rtx_cover.wrap(
            arrival.packet.marker,
            sent.rtx_pt,
            self._rtx_seq,
            spliced.ts,
            sent=abs_send_time(now),
            head=pack("!H", spliced.seq) + spliced.head(arrival),
            rest=arrival.rest,
        )
