"""The recording tap: one track as one endless stream of plain packets, in lesson time."""

from synclass import tape
from synclass.words import ParticipantId, TrackName

from .codecs import Codec
from .plane import Plane
from .rtcp import SenderReport, ntp_seconds
from .tracks import Source, Track


class Tap:
    """Collects the packets of one taped track until they are fetched.

    Unbounded by itself: Spool fetches every 20 ms and is bounded.
    """

    def __init__(
        self,
        lesson: str,
        who: str,
        name: TrackName,
        *,
        plane: Plane,
        origin: float,
        locked: bool = True,
    ) -> None:
        """``origin``: what the clock said at lesson time 0.  ``locked``: see TrackOpened."""
        self.lesson = lesson
        self.who = ParticipantId(who)
        self.name: TrackName = name
        self.origin = origin
        self.codec: Codec | None = None
        self._locked = locked
        self._stream = plane.tape("audio" if name == "voice" else "video")
        self.wanted: Source | None = None

    def show(self, source: Source | None, now: float) -> None:
        """Tape this layer from its next key frame on."""
        if source is self.wanted:
            return
        self.wanted = source
        self._stream.show(source.inlet if source else None, 0, 0)
        self.wake(now)

    def open(self, codec: Codec, now: float) -> tape.TrackOpened:
        """What the recorder must hear before any packet; the first of those begins a key frame."""
        self.codec = codec
        self._stream.fetch()
        self._stream.restart()
        self.wake(now)
        return tape.TrackOpened(self.lesson, self.who, self.name, codec, self._locked)

    def shut(self) -> tape.TrackClosed:
        self.codec = None
        self._stream.fetch()
        return tape.TrackClosed(self.lesson, self.who, self.name)

    def ask_key(self, now: float) -> None:
        """The recorder cannot go on without a key frame."""
        if self.wanted is not None:
            self.wanted.ask_key(now)

    def wake(self, now: float) -> None:
        """What is to be taped does not flow yet, or no more: its numbers have leapt."""
        if self.wanted is not None and self._stream.current is not self.wanted.inlet:
            self.wanted.ask_key(now)

    def fetch(self) -> tape.Packets | None:
        """What came since the last time, as one message."""
        fetched = self._stream.fetch()
        if not fetched:
            return None
        packets = [(at - self.origin, data) for at, data in fetched]
        return tape.Packets(self.lesson, self.who, self.name, packets)

    def reported(self, track: Track, report: SenderReport, now: float) -> tape.Report | None:
        """The publisher's report in the tape's own RTP time, if it is of the layer on tape."""
        source = track.source(report.ssrc)
        if source is None or source.inlet is not self._stream.current:
            return None
        rtp = self._stream.stamp(report.rtp)
        ntp = ntp_seconds(report.ntp)
        return tape.Report(self.lesson, self.who, self.name, ntp, rtp, now - self.origin)

    def clock(self) -> tuple[int, float] | None:
        """(RTP time on the tape, lesson time) of the newest packet."""
        if self._stream.at is None:
            return None
        return self._stream.ts, self._stream.at - self.origin
