"""What a recorder must know of an Opus packet: how long it lasts, and what silence looks like."""

from synclass.errors import Malformed
from synclass.opus import LONGEST, frame_length

RATE = 48000
"""RTP units a second, whatever the sound was sampled at (RFC 7587 §4.1)."""
UNIT = 960
"""Samples of the shortest silence: 20 ms."""

_TOC = 0xF8  # CELT, full band, 20 ms, mono (RFC 6716 §3.1)
_FRAME = b"\xff\xfe"  # a CELT frame whose silence flag is set
_SILENCE = bytes([_TOC]) + _FRAME
_LONG_SILENCE = bytes([_TOC | 3, 6]) + _FRAME * 6  # code 3, constant size, six frames


def samples(packet: bytes) -> int:
    """Samples at 48 kHz in this packet (RFC 6716 §3.1-3.2); raises Malformed."""
    if not packet:
        raise Malformed("an empty Opus packet")
    found = frame_length(packet[0]) * _frames(packet)
    if not 0 < found <= LONGEST:
        raise Malformed("an Opus packet of impossible length")
    return found


def channels(packet: bytes) -> int:
    return 2 if packet[0] & 4 else 1


def silence(units: int) -> list[bytes]:
    """Packets of silence, ``units`` times 20 ms, as few as may be."""
    return [_LONG_SILENCE] * (units // 6) + [_SILENCE] * (units % 6)


def _frames(packet: bytes) -> int:
    code = packet[0] & 3
    if code < 3:
        return 1 if code == 0 else 2
    if len(packet) < 2:
        raise Malformed("an Opus packet without its frame count")
    return packet[1] & 0x3F
