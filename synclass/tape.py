"""What the forwarder hands to the recorder: plain packets of a track, on the lesson's clock."""

from typing import Literal, TypeAlias

import msgspec
from msgspec import Struct

from .errors import Malformed
from .words import ParticipantId, TrackName

Codec = Literal["opus", "VP8", "H264", "VP9", "AV1"]


class TrackOpened(Struct, frozen=True, array_like=True, tag="open"):
    """Packets of this track will follow.  Said again after every reconnection."""

    lesson: str
    who: ParticipantId
    track: TrackName
    codec: Codec
    locked: bool = False
    """Whether it is kept encrypted, by a key of this participant's."""


class Packets(Struct, frozen=True, array_like=True, tag="rtp"):
    """RTP packets without CSRCs, extensions and padding, each with its arrival (lesson seconds)."""

    lesson: str
    who: ParticipantId
    track: TrackName
    packets: list[tuple[float, bytes]]


class Report(Struct, frozen=True, array_like=True, tag="report"):
    """A publisher's sender report (RFC 3550 §6.4.1): its clock in NTP seconds and RTP units."""

    lesson: str
    who: ParticipantId
    track: TrackName
    ntp: float
    rtp: int
    at: float


class TrackClosed(Struct, frozen=True, array_like=True, tag="close"):
    """No more packets of this track for now."""

    lesson: str
    who: ParticipantId
    track: TrackName


class Bell(Struct, frozen=True, array_like=True, tag="bell"):
    """The lesson is over: finish its files."""

    lesson: str


class KeyframeWanted(Struct, frozen=True, array_like=True, tag="keyframe"):
    """The recorder cannot go on (or make a place to seek to) without a key frame."""

    lesson: str
    who: ParticipantId
    track: TrackName


class Kept(Struct, frozen=True, array_like=True, tag="kept"):
    """Whether what comes of this lesson is kept: not while the disk is full."""

    lesson: str
    on: bool


class Missed(Struct, frozen=True, array_like=True, tag="missed"):
    """Nothing of this track was kept from one lesson second to another: a disk, or a fall."""

    lesson: str
    who: ParticipantId
    track: TrackName
    since: float
    until: float


ToWorker: TypeAlias = KeyframeWanted | Kept | Missed
ToRecorder: TypeAlias = TrackOpened | Packets | Report | TrackClosed | Bell
_encoder = msgspec.msgpack.Encoder()
_to_recorder: msgspec.msgpack.Decoder[ToRecorder] = msgspec.msgpack.Decoder(ToRecorder)
_to_worker: msgspec.msgpack.Decoder[ToWorker] = msgspec.msgpack.Decoder(ToWorker)


def encode(message: ToRecorder | ToWorker) -> bytes:
    return _encoder.encode(message)


def for_recorder(data: bytes) -> ToRecorder:
    """Read a message on its way to the recorder; raises Malformed."""
    try:
        return _to_recorder.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Malformed(str(error)) from error


def for_worker(data: bytes) -> ToWorker:
    """Read a message on its way back to the media worker; raises Malformed."""
    try:
        return _to_worker.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Malformed(str(error)) from error
