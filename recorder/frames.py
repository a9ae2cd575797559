"""Whole frames out of a track's packets: a damaged one never goes on."""

from typing import Protocol

from msgspec import Struct

from synclass.errors import Malformed
from synclass.tape import Codec

from . import opus
from .jitter import Arrived, Gap
from .rtp import Packet

KEYFRAME_EVERY = 10.0
"""Seconds: the longest way from one place to seek to, to the next."""
ASK_AGAIN = 1.0
"""Seconds until a key frame that did not come is asked for again."""

LONGEST_PICTURE = 4096
"""Packets of one picture (5 MB); a sender that never ends one is not believed."""


class Setup(Struct, frozen=True):
    """What a player must know before the first frame of a file."""

    codec: Codec
    width: int = 0
    height: int = 0
    channels: int = 0
    private: bytes = b""
    """The AVCDecoderConfigurationRecord of H.264 (ISO/IEC 14496-15 §5.3.3.1), or the
    AV1CodecConfigurationRecord (AV1 in ISOBMFF §2.3); of others nothing."""


class Picture(Struct, frozen=True):
    """A picture as it goes into a file; ``setup`` where it is a key frame."""

    data: bytes
    setup: Setup | None = None


class Frame(Struct, frozen=True):
    """A whole frame with its RTP time, and the arrival of its first packet in lesson seconds."""

    rtp: int
    at: float
    data: bytes
    setup: Setup | None = None
    """There on every key frame and every packet of sound."""
    samples: int = 0
    """Length in RTP units where the frame itself says it (sound)."""


class PictureCodec(Protocol):
    """How one codec's pictures lie in packets."""

    def begins(self, payload: bytes) -> bool:
        """Does a picture begin with this payload?"""

    def picture(self, payloads: list[bytes]) -> Picture:
        """Join the payloads of one picture; raises Malformed."""


class Sounds:
    """Packets of Opus: each is a frame (RFC 7587), and one that makes no sense is dropped."""

    def feed(self, item: Arrived | Gap) -> list[Frame]:
        if isinstance(item, Gap):
            return []
        packet = item.packet
        try:
            samples = opus.samples(packet.payload)
        except Malformed:
            return []
        setup = Setup("opus", channels=opus.channels(packet.payload))
        return [Frame(packet.rtp, item.at, packet.payload, setup, samples)]

    def rest(self) -> None:
        """Sound begins again with any packet."""

    def wants_keyframe(self, now: float) -> bool:
        return False


class Pictures:
    """Pictures whole and decodable: after a loss none goes on until the next key frame."""

    def __init__(self, codec: PictureCodec) -> None:
        self._codec = codec
        self._parts: list[Arrived] = []
        self._broken = True
        self._keyed_at: float | None = None
        self._asked_at: float | None = None

    def feed(self, item: Arrived | Gap) -> list[Frame]:
        if isinstance(item, Gap) or len(self._parts) >= LONGEST_PICTURE:
            self.rest()
            return []
        if not item.packet.payload:  # padding of a bandwidth probe
            return []
        frames = self._finish() if self._parts and self._is_new(item.packet) else []
        self._parts.append(item)
        return frames + self._finish() if item.packet.marker else frames

    def rest(self) -> None:
        """The stream is interrupted: go on at the next key frame."""
        self._parts, self._broken = [], True

    def wants_keyframe(self, now: float) -> bool:
        """Is one to be asked for now?  Says yes at most once in ASK_AGAIN seconds."""
        due = self._broken or self._keyed_at is None or now - self._keyed_at >= KEYFRAME_EVERY
        asked = self._asked_at is not None and now - self._asked_at < ASK_AGAIN
        if due and not asked:
            self._asked_at = now
        return due and not asked

    def _is_new(self, packet: Packet) -> bool:
        return packet.rtp != self._parts[0].packet.rtp

    def _finish(self) -> list[Frame]:
        parts, self._parts = self._parts, []
        payloads = [part.packet.payload for part in parts]
        try:
            if not self._codec.begins(payloads[0]):
                raise Malformed("the picture has no beginning")
            picture = self._codec.picture(payloads)
        except Malformed:
            self._broken = True
            return []
        if picture.setup is not None:
            self._broken, self._keyed_at = False, parts[0].at
        if self._broken:
            return []
        return [Frame(parts[0].packet.rtp, parts[0].at, picture.data, picture.setup)]
