"""The codecs we forward, and what a forwarder must know of each."""

from typing import Literal, NamedTuple

from . import h264, opus, vp8
from .packet import Rtp

Codec = Literal["opus", "VP8", "H264"]
CLOCK_HZ = {"audio": 48000, "video": 90000}


class Arrival(NamedTuple):
    """A packet, and what its codec says about it: looked at once, however many it goes to.

    The plane in C reads this, Rtp and vp8.Descriptor by position.
    """

    packet: Rtp
    at: float
    key: bool
    """May a stream begin here?  Sound always may."""
    picture: vp8.Descriptor | None
    """Of VP8 with a picture id."""
    rest: bytes
    """The payload behind what is rewritten: all of it, or all but the VP8 descriptor."""
    length: int
    """RTP units it sounds; 0 for pictures."""


def arrive(codec: Codec, packet: Rtp, now: float) -> Arrival:
    """Look at a packet that has just come."""
    payload = packet.payload
    if codec == "opus":
        return Arrival(packet, now, bool(payload), None, payload, opus.duration(payload))
    if codec == "H264":
        return Arrival(packet, now, h264.is_key(payload), None, payload, 0)
    where = vp8.describe(payload)
    if where is not None and where.pid is not None:
        return Arrival(packet, now, where.key, where, payload[where.size :], 0)
    return Arrival(packet, now, where is not None and where.key, None, payload, 0)
