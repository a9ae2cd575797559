"""The codecs we forward, and what a forwarder must know of each."""

from typing import Literal, NamedTuple

from . import h264, vp8
from .packet import Rtp, abs_send_time

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
    rest: bytes
    """The payload behind what is rewritten: all of it, or all but the VP8 descriptor."""
    stamp: bytes
    """Its abs-send-time, should it go out at once."""


def arrive(codec: Codec, packet: Rtp, now: float) -> Arrival:
    """Look at a packet that has just come."""
    payload, stamp = packet.payload, abs_send_time(now)
    if codec == "VP8":
        where = vp8.describe(payload)
        if where is not None and where.pid is not None:
            return Arrival(packet, now, where.key, where, payload[where.size :], stamp)
        key = where is not None and where.key
        return Arrival(packet, now, key, None, payload, stamp)
    key = h264.is_key(payload) if codec == "H264" else bool(payload)
    return Arrival(packet, now, key, None, payload, stamp)
