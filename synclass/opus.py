"""Opus packets taken apart and put together again, without touching the sound (RFC 6716 §3)."""

from collections.abc import Sequence
from typing import NamedTuple

from synclass.errors import Malformed

FRAME = 960  # 20 ms at the 48 kHz RTP clock (RFC 7587 §4.1)
_SILK = (480, 960, 1920, 2880)
_HYBRID = (480, 960)
_CELT = (120, 240, 480, 960)
LONGEST = 5760  # 120 ms (RFC 6716 §3.2.5)
LARGEST_FRAME = 1275  # bytes (RFC 6716 §3.2.1)


class Parts(NamedTuple):
    """What a packet is made of."""

    toc: int
    """Configuration and channels, the two bits of the packing cleared."""
    frames: tuple[bytes, ...]
    padding: bytes = b""

    @property
    def length(self) -> int:
        """RTP units it sounds."""
        return frame_length(self.toc) * len(self.frames)


def duration(payload: bytes) -> int:
    """RTP units of one packet; one 20 ms frame where the bytes are too few to tell."""
    if not payload:
        return FRAME
    code = payload[0] & 3
    return min(max(frame_length(payload[0]) * _frames(code, payload), 120), LONGEST)


def frame_length(toc: int) -> int:
    """RTP units of one frame (RFC 6716 §3.1)."""
    config = toc >> 3
    if config < 12:
        return _SILK[config & 3]
    if config < 16:
        return _HYBRID[config & 1]
    return _CELT[config & 3]


def parse(packet: bytes) -> Parts:
    """Take a packet apart; raises Malformed, for what a decoder would refuse as well."""
    try:
        toc, code = packet[0] & 0xFC, packet[0] & 3
        parts = Parts(toc, *(_FEW[code](packet) if code < 3 else _many(packet)))
    except IndexError as error:
        raise Malformed("an Opus packet that ends too early") from error
    if not parts.frames or parts.length > LONGEST:
        raise Malformed("an Opus packet of impossible length")
    if any(len(frame) > LARGEST_FRAME for frame in parts.frames):
        raise Malformed("an Opus frame of impossible size")
    return parts


def pack(toc: int, frames: Sequence[bytes], padding: bytes = b"") -> bytes:
    """The smallest packet of these frames (1 to 48 of them).

    Padding may hold any bytes: every decoder skips it (RFC 6716 §3.2.5).  It costs two bytes
    more than its length, or one where the frames are three or more, and one each 254.
    """
    toc, equal = toc & 0xFC, len({len(frame) for frame in frames}) == 1
    if len(frames) == 1 and not padding:
        return bytes((toc,)) + frames[0]
    if len(frames) == 2 and not padding:
        head = bytes((toc | 1,)) if equal else bytes((toc | 2,)) + write_length(len(frames[0]))
        return head + frames[0] + frames[1]
    count = len(frames) | (0 if equal else 0x80) | (0x40 if padding else 0)
    head = bytes((toc | 3, count))
    if padding:
        full, last = divmod(len(padding), 254)
        head += b"\xff" * full + bytes((last,))
    if not equal:
        head += b"".join(write_length(len(frame)) for frame in frames[:-1])
    return head + b"".join(frames) + padding


def merge(packets: Sequence[bytes], padding: bytes = b"") -> bytes | None:
    """One packet for all; None where their TOC differs or they are over 120 ms together.

    Raises Malformed.  Their own padding is dropped.
    """
    parts = [parse(packet) for packet in packets]
    toc = parts[0].toc
    frames = [frame for part in parts for frame in part.frames]
    if any(part.toc != toc for part in parts) or frame_length(toc) * len(frames) > LONGEST:
        return None
    return pack(toc, frames, padding)


def split(packet: bytes) -> list[bytes]:
    """One packet for each frame; raises Malformed."""
    toc, frames, _ = parse(packet)
    return [pack(toc, (frame,)) for frame in frames]


def _frames(code: int, payload: bytes) -> int:
    if code < 3:
        return 1 if code == 0 else 2
    return payload[1] & 63 if len(payload) > 1 else 1


def _one(packet: bytes) -> tuple[tuple[bytes, ...]]:
    return ((packet[1:],),)


def _two_alike(packet: bytes) -> tuple[tuple[bytes, ...]]:
    half, odd = divmod(len(packet) - 1, 2)
    if odd:
        raise Malformed("two Opus frames of one size in an odd number of bytes")
    return ((packet[1 : 1 + half], packet[1 + half :]),)


def _two(packet: bytes) -> tuple[tuple[bytes, ...]]:
    size, at = read_length(packet, 1)
    if at + size > len(packet):
        raise Malformed("an Opus frame longer than its packet")
    return ((packet[at : at + size], packet[at + size :]),)


_FEW = (_one, _two_alike, _two)


def _many(packet: bytes) -> tuple[tuple[bytes, ...], bytes]:
    """Code 3: a count, perhaps padding, frames of one size or each with its own."""
    head, at = packet[1], 2
    padding, at = _read_padding(packet, at) if head & 0x40 else (0, at)
    count, end = head & 0x3F, len(packet) - padding
    if not count:
        raise Malformed("an Opus packet without frames")
    if head & 0x80:
        sizes, at = _own_sizes(packet, at, count, end)
    else:
        size, rest = divmod(end - at, count)
        if rest:
            raise Malformed("Opus frames of one size that are not")
        sizes = [size] * count
    if at > end or min(sizes) < 0:
        raise Malformed("Opus frames longer than their packet")
    frames = []
    for size in sizes:
        frames.append(packet[at : at + size])
        at += size
    return tuple(frames), packet[end:]


def _own_sizes(packet: bytes, at: int, count: int, end: int) -> tuple[list[int], int]:
    """The last frame has no size of its own: it is what remains."""
    sizes = []
    for _ in range(count - 1):
        size, at = read_length(packet, at)
        sizes.append(size)
    return [*sizes, end - at - sum(sizes)], at


def _read_padding(packet: bytes, at: int) -> tuple[int, int]:
    """A byte of 255 stands for 254 bytes, and another follows."""
    size = 0
    while packet[at] == 255:
        size, at = size + 254, at + 1
    return size + packet[at], at + 1


def write_length(size: int) -> bytes:
    """A size up to 1275 (RFC 6716 §3.2.1): one byte below 252, else two."""
    if size < 252:
        return bytes((size,))
    low = 252 + (size & 3)
    return bytes((low, (size - low) >> 2))


def read_length(packet: bytes, at: int) -> tuple[int, int]:
    """-> (the size written at ``at``, where it ends); raises IndexError."""
    first = packet[at]
    return (first, at + 1) if first < 252 else (first + 4 * packet[at + 1], at + 2)
