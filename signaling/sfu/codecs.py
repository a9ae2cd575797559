"""The codecs we forward, and what a forwarder must know of each."""

from typing import Literal, NamedTuple

from . import h264, vp8
from .packet import Rtp

Codec = Literal["opus", "VP8", "H264"]
CLOCK_HZ = {"audio": 48000, "video": 90000}


class Arrival(NamedTuple):
    """A packet, and what its codec says about it: looked at once, however many it goes to."""

    packet: Rtp
    at: float
    key: bool
    """May a stream begin here?  Sound always may."""
    picture: vp8.Descriptor | None
    """Of VP8 with a picture id."""


def arrive(codec: Codec, packet: Rtp, now: float) -> Arrival:
    """Look at a packet that has just come."""
    if codec == "VP8":
        where = vp8.describe(packet.payload)
        if where is None:
            return Arrival(packet, now, key=False, picture=None)
        return Arrival(packet, now, where.key, where if where.pid is not None else None)
    key = h264.is_key(packet.payload) if codec == "H264" else bool(packet.payload)
    return Arrival(packet, now, key, picture=None)
