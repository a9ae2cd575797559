"""RTP packets, taken apart and put together (RFC 3550 §5.1, header extensions of RFC 8285)."""

from collections.abc import Iterable
from struct import Struct
from typing import NamedTuple

from synclass.errors import Malformed

_HEADER = Struct("!BBHII")
_EXTENSION = Struct("!HH")
_ONE_BYTE = 0xBEDE
_TWO_BYTES = 0x1000


class Rtp(NamedTuple):
    """One packet without its CSRCs and padding; extensions by their number."""

    marker: bool
    pt: int
    seq: int
    ts: int
    ssrc: int
    extensions: dict[int, bytes]
    payload: bytes


def parse_rtp(data: bytes) -> Rtp:
    """Read a plain (already decrypted) packet; raises Malformed."""
    if len(data) < 12 or data[0] >> 6 != 2:
        raise Malformed("not RTP")
    first, second, seq, ts, ssrc = _HEADER.unpack_from(data)
    at, end = 12 + 4 * (first & 15), len(data)
    extensions: dict[int, bytes] = {}
    if first & 0x10:
        at, extensions = _read_extensions(data, at)
    if first & 0x20:
        end -= data[-1]
    if end < at:
        raise Malformed("RTP that is shorter than it says")
    return Rtp(second > 127, second & 127, seq, ts, ssrc, extensions, data[at:end])


def build_rtp(packet: Rtp) -> bytes:
    """The packet as bytes, with one-byte extensions where their numbers and lengths allow it."""
    extensions = write_extensions(packet.extensions) if packet.extensions else b""
    head = _HEADER.pack(
        0x90 if extensions else 0x80,
        packet.marker << 7 | packet.pt,
        packet.seq,
        packet.ts,
        packet.ssrc,
    )
    return head + extensions + packet.payload


def abs_send_time(now: float) -> bytes:
    """24 bits of seconds, 18 of them behind the point: the abs-send-time extension."""
    return (int(now * 262144) & 0xFFFFFF).to_bytes(3, "big")


def write_extensions(extensions: dict[int, bytes]) -> bytes:
    """The whole extension part of a packet, in the order given, padded to 32 bits."""
    if all(number < 15 and 0 < len(value) <= 16 for number, value in extensions.items()):
        profile = _ONE_BYTE
        block = b"".join(bytes((n << 4 | len(v) - 1,)) + v for n, v in extensions.items())
    else:
        profile = _TWO_BYTES
        block = b"".join(bytes((n, len(v))) + v for n, v in extensions.items())
    block += bytes(-len(block) % 4)
    return _EXTENSION.pack(profile, len(block) // 4) + block


def _read_extensions(data: bytes, at: int) -> tuple[int, dict[int, bytes]]:
    """-> (where the payload begins, extensions by number)."""
    if at + 4 > len(data):
        raise Malformed("RTP cut in its extension header")
    profile, words = _EXTENSION.unpack_from(data, at)
    at, stop = at + 4, at + 4 + 4 * words
    if stop > len(data):
        raise Malformed("RTP cut in its extensions")
    if profile == _ONE_BYTE:
        return stop, dict(_one_byte(data, at, stop))
    if profile & 0xFFF0 == _TWO_BYTES:
        return stop, dict(_two_bytes(data, at, stop))
    return stop, {}


def _one_byte(data: bytes, at: int, stop: int) -> Iterable[tuple[int, bytes]]:
    while at < stop:
        head = data[at]
        if head == 0:
            at += 1
            continue
        if head >> 4 == 15:  # RFC 8285 §4.2: stop reading here
            return
        size = (head & 15) + 1
        if at + 1 + size <= stop:
            yield head >> 4, data[at + 1 : at + 1 + size]
        at += 1 + size


def _two_bytes(data: bytes, at: int, stop: int) -> Iterable[tuple[int, bytes]]:
    while at + 1 < stop:
        if data[at] == 0:
            at += 1
            continue
        size = data[at + 1]
        if at + 2 + size <= stop:
            yield data[at], data[at + 2 : at + 2 + size]
        at += 2 + size
