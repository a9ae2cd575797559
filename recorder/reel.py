"""One published track from its packets to the blocks of a media file."""

from collections.abc import Callable

from synclass.tape import Codec

from .av1 import Av1
from .frames import Frame, Pictures, Sounds
from .h264 import H264
from .jitter import Jitter
from .lines import Block, PictureLine, SoundLine
from .rtp import parse
from .timeline import Publisher, TrackClock
from .vp8 import Vp8
from .vp9 import Vp9

RATES: dict[Codec, int] = {
    "opus": 48000,
    **dict.fromkeys(("VP8", "H264", "VP9", "AV1"), 90000),
}
"""RTP units a second (RFC 7587, RFC 7741, RFC 6184, RFC 9628, RTP Payload Format For AV1)."""
CAMERA_OFF = 2.0
"""Seconds without a packet after which nobody is there to make a key frame."""
_FRAMES: dict[Codec, Callable[[], Sounds | Pictures]] = {
    "opus": Sounds,
    "VP8": lambda: Pictures(Vp8()),
    "H264": lambda: Pictures(H264()),
    "VP9": lambda: Pictures(Vp9()),
    "AV1": lambda: Pictures(Av1()),
}


class Reel:
    """Feed packets, then take blocks.  ``at`` and ``now`` are lesson seconds.

    What waits inside is bounded by the jitter's queue and one picture.
    """

    def __init__(self, codec: Codec, publisher: Publisher) -> None:
        self.codec = codec
        self._publisher = publisher
        self._line = SoundLine() if codec == "opus" else PictureLine()
        self._ssrc: int | None = None
        self._last_at = float("-inf")
        self._ready: list[Block] = []
        self._begin()

    def put(self, at: float, data: bytes) -> None:
        """Take a packet of the tape; raises Malformed."""
        packet = parse(data)
        if packet.ssrc != self._ssrc:  # another source: its numbers have nothing to do with these
            self._change(packet.ssrc)
        self._last_at = at
        self._clock.arrived(packet.rtp, at)
        self._jitter.put(at, packet)

    def report(self, ntp: float, rtp: int) -> None:
        """The publisher's sender report: what its own clock said at this RTP time."""
        if self._ssrc is not None:
            self._clock.report(ntp, rtp)

    def take(self, now: float) -> list[Block]:
        """Blocks that are ready, in order of time."""
        blocks, self._ready = self._ready + self._drain(now), []
        filled = self._line.fill(now)
        if filled:
            self._frames.rest()
        return blocks + filled

    def wants_keyframe(self, now: float) -> bool:
        """Is one to be asked for?  Not of a camera that is off."""
        return now - self._last_at < CAMERA_OFF and self._frames.wants_keyframe(now)

    def skip(self) -> None:
        """What follows cannot be joined to what was taken: go on at the next key frame."""
        self._frames.rest()

    def end(self) -> list[Block]:
        """The last blocks: nothing more will come."""
        blocks = self._ready + self._drain(float("inf")) + self._line.end()
        self._clock.leave()
        return blocks

    def _begin(self) -> None:
        self._clock = TrackClock(RATES[self.codec], self._publisher)
        self._jitter, self._frames = Jitter(), _FRAMES[self.codec]()

    def _change(self, ssrc: int) -> None:
        if self._ssrc is not None:
            self._ready += self._drain(float("inf"))
            self._clock.leave()
            self._begin()
        self._ssrc = ssrc

    def _drain(self, now: float) -> list[Block]:
        blocks: list[Block] = []
        for item in self._jitter.take(now):
            for frame in self._frames.feed(item):
                blocks += self._lay(frame)
        return blocks

    def _lay(self, frame: Frame) -> list[Block]:
        return self._line.lay(frame, self._clock.time(frame.rtp, frame.at))
