"""VP9 pictures out of RTP payloads (RFC 9628)."""

from synclass.errors import Malformed

from .bits import Bits
from .frames import Picture, Setup

_ID, _PREDICTED, _LAYERS, _FLEXIBLE, _BEGINS, _ENDS, _STRUCTURE = (
    *(0x80, 0x40, 0x20, 0x10),
    *(0x08, 0x04, 0x02),
)
_MOST_FRAMES = 8  # in a superframe (VP9 Annex B)
_MOST_REFERENCES = 3  # of a frame (RFC 9628 §4.2)
_SYNC_CODE = 0x498342
_SRGB = 7


class Vp9:
    def begins(self, payload: bytes) -> bool:
        return bool(payload[0] & _BEGINS)

    def picture(self, payloads: list[bytes]) -> Picture:
        """Its spatial layers, if it has some, become one superframe: a block of the file."""
        frames = _frames(payloads)
        return Picture(_joined(frames), _setup(frames[0]))


def _frames(payloads: list[bytes]) -> list[bytes]:
    """The frames of a picture: one for each spatial layer."""
    frames: list[list[bytes]] = []
    open_ = False
    for payload in payloads:
        begins, ends = payload[0] & _BEGINS, payload[0] & _ENDS
        if bool(begins) == open_:
            raise Malformed("a VP9 frame without its beginning, or its end")
        if begins:
            frames.append([])
        frames[-1].append(payload[_descriptor(payload) :])
        open_ = not ends
    if open_ or len(frames) > _MOST_FRAMES:
        raise Malformed("a VP9 picture has no end")
    return [b"".join(frame) for frame in frames]


def _descriptor(payload: bytes) -> int:
    """Bytes of the payload descriptor (RFC 9628 §4.2)."""
    flags, reader = payload[0], _Reader(payload)
    reader.take(1)
    if flags & _ID and reader.take(1) & 0x80:  # 15 bits instead of 7
        reader.take(1)
    if flags & _LAYERS:
        reader.take(1 if flags & _FLEXIBLE else 2)
    if flags & _FLEXIBLE and flags & _PREDICTED:
        references = 1
        while reader.take(1) & 1:
            references += 1
        if references > _MOST_REFERENCES:
            raise Malformed("a VP9 frame with too many references")
    if flags & _STRUCTURE:
        _pass_structure(reader)
    if reader.at >= len(payload):
        raise Malformed("a VP9 payload without a picture")
    return reader.at


def _pass_structure(reader: "_Reader") -> None:
    """The scalability structure (RFC 9628 §4.2.1)."""
    head = reader.take(1)
    if head & 0x10:
        reader.take(4 * ((head >> 5) + 1))
    if head & 0x08:
        for _ in range(reader.take(1)):
            references = reader.take(1) >> 2 & 3
            if references:
                reader.take(references)


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self.at = 0

    def take(self, count: int) -> int:
        """Pass over some bytes; -> the first of them."""
        first, self.at = self.at, self.at + count
        if self.at > len(self._data):
            raise Malformed("a VP9 descriptor is cut")
        return self._data[first]


def _joined(frames: list[bytes]) -> bytes:
    """One frame as it is; more of them with an index behind them (VP9 Annex B)."""
    if len(frames) == 1:
        return frames[0]
    width = (max(map(len, frames)).bit_length() + 7) // 8
    marker = bytes((0xC0 | width - 1 << 3 | len(frames) - 1,))
    sizes = b"".join(len(frame).to_bytes(width, "little") for frame in frames)
    return b"".join(frames) + marker + sizes + marker


def _setup(frame: bytes) -> Setup | None:
    """What a key frame says of itself (VP9 §6.2, the uncompressed header)."""
    bits = Bits(frame[:16])
    if bits.take(2) != 2:
        raise Malformed("not a VP9 frame")
    profile = bits.take(1) | bits.take(1) << 1
    bits.take(1 if profile == 3 else 0)
    again, predicted = bits.take(1), bits.take(1)
    if again or predicted:
        return None
    bits.take(2)
    if bits.take(24) != _SYNC_CODE:
        raise Malformed("a VP9 key frame without its sync code")
    _pass_colours(bits, profile)
    return Setup("VP9", bits.take(16) + 1, bits.take(16) + 1)


def _pass_colours(bits: Bits, profile: int) -> None:
    bits.take(1 if profile >= 2 else 0)
    rgb, odd = bits.take(3) == _SRGB, profile & 1
    if rgb:
        bits.take(odd)
    else:
        bits.take(4 if odd else 1)
