"""The RTCP of the benches' clients: what browsers tell each second, and the pleas they hear."""

from collections.abc import Iterator, Mapping
from struct import pack

OURS = 1  # the SSRC of who only listens
_NTP = 2_208_988_800  # seconds from 1900 to 1970


def received(tops: Mapping[int, int], bps: int) -> bytes:
    """A receiver report about streams (SSRC -> highest number so far), and a REMB."""
    blocks = b"".join(pack("!IIIIII", ssrc, 0, top, 0, 0, 0) for ssrc, top in tops.items())
    report = pack("!BBHI", 0x80 | len(tops), 201, 1 + 6 * len(tops), OURS) + blocks
    exponent = max(0, bps.bit_length() - 18)
    told = len(tops) << 24 | exponent << 18 | bps >> exponent
    ssrcs = b"".join(pack("!I", ssrc) for ssrc in tops)
    return report + pack("!BBHII4sI", 0x8F, 206, 4 + len(tops), OURS, 0, b"REMB", told) + ssrcs


def sent(ssrc: int, ts: int, packets: int, octets: int, wall: float) -> bytes:
    """A sender report: RTP time ``ts`` is ``wall`` in Unix time."""
    ntp = int((wall + _NTP) * 2**32)
    return pack("!BBHIQIII", 0x80, 200, 6, ssrc, ntp, ts & 0xFFFFFFFF, packets, octets)


def pleas(plain: bytes) -> Iterator[int]:
    """The SSRCs for which a key frame is wanted (RFC 4585 §6.3.1, RFC 5104 §4.3.1)."""
    at = 0
    while at + 12 <= len(plain):
        size = 4 + 4 * int.from_bytes(plain[at + 2 : at + 4], "big")
        match plain[at + 1], plain[at] & 31:
            case 206, 1:
                yield int.from_bytes(plain[at + 8 : at + 12], "big")
            case 206, 4:
                yield int.from_bytes(plain[at + 12 : at + 16], "big")
        at += size
