"""The recording tap: one track as one endless stream of plain packets, in lesson time."""

from struct import pack

from synclass import tape
from synclass.words import ParticipantId, TrackName

from .codecs import Arrival, Codec
from .numbering import Numbering, Start
from .rtcp import SenderReport, ntp_seconds
from .splice import Splice
from .tracks import Source, Track

PT = 96  # the tape's own; TrackOpened says the codec


class Tap:
    """Collects the packets of one taped track until they are fetched.

    Unbounded by itself: Spool fetches every 20 ms and is bounded.
    """

    def __init__(self, lesson: str, who: str, name: TrackName, *, origin: float) -> None:
        """``origin``: what the clock said at lesson time 0."""
        self.lesson = lesson
        self.who = ParticipantId(who)
        self.name: TrackName = name
        self.origin = origin
        self.codec: Codec | None = None
        self._numbers = Numbering(Start(0, 0, 0, 0))
        self._splice = Splice(self, "audio" if name == "voice" else "video", self._numbers)
        self._packets: list[tuple[float, bytes]] = []

    def show(self, source: Source | None, now: float) -> None:
        """Tape this layer from its next key frame on."""
        self._splice.show(source, now)

    def open(self, codec: Codec, now: float) -> tape.TrackOpened:
        """What the recorder must hear before any packet; the first of those begins a key frame."""
        self.codec = codec
        self._packets = []
        self._splice.restart(now)
        return tape.TrackOpened(self.lesson, self.who, self.name, codec)

    def shut(self) -> tape.TrackClosed:
        self.codec = None
        self._packets = []
        return tape.TrackClosed(self.lesson, self.who, self.name)

    def ask_key(self, now: float) -> None:
        """The recorder cannot go on without a key frame."""
        source = self._splice.current or self._splice.wanted
        if source is not None:
            source.ask_key(now)

    def take(self, source: Source, arrival: Arrival) -> None:
        splice = self._splice
        if splice.seam(source, arrival) and not splice.begin(source, arrival):
            return
        placed = self._numbers.place(arrival)
        if placed is None or not arrival.packet.payload:
            return
        second = arrival.packet.marker << 7 | PT
        head = pack("!BBHII", 0x80, second, placed.seq, placed.ts, 0)
        self._packets.append((arrival.at - self.origin, head + placed.head(arrival) + arrival.rest))

    def fetch(self) -> tape.Packets | None:
        """What came since the last time, as one message."""
        if not self._packets:
            return None
        packets, self._packets = self._packets, []
        return tape.Packets(self.lesson, self.who, self.name, packets)

    def reported(self, track: Track, report: SenderReport, now: float) -> tape.Report | None:
        """The publisher's report in the tape's own RTP time, if it is of the layer on tape."""
        source = track.source(report.ssrc)
        if source is None or source is not self._splice.current:
            return None
        rtp = self._numbers.stamp(report.rtp)
        ntp = ntp_seconds(report.ntp)
        return tape.Report(self.lesson, self.who, self.name, ntp, rtp, now - self.origin)

    def clock(self) -> tuple[int, float] | None:
        """(RTP time on the tape, lesson time) of the newest packet."""
        if self._numbers.at is None:
            return None
        return self._numbers.ts, self._numbers.at - self.origin
