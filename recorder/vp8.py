"""VP8 pictures out of RTP payloads (RFC 7741)."""

from synclass.errors import Malformed

from .frames import Picture, Setup

_START_CODE = b"\x9d\x01\x2a"  # RFC 6386 §9.1


class Vp8:
    def begins(self, payload: bytes) -> bool:
        return payload[0] & 0x17 == 0x10  # S set and partition 0 (RFC 7741 §4.2)

    def picture(self, payloads: list[bytes]) -> Picture:
        if any(self.begins(payload) for payload in payloads[1:]):
            raise Malformed("two pictures in one")
        data = b"".join(payload[_descriptor(payload) :] for payload in payloads)
        if len(data) < 3:
            raise Malformed("a VP8 picture without its frame tag")
        if data[0] & 1:  # an inter frame (RFC 6386 §9.1)
            return Picture(data)
        if len(data) < 10 or data[3:6] != _START_CODE:
            raise Malformed("a VP8 key frame without its start code")
        width, height = (int.from_bytes(data[at : at + 2], "little") & 0x3FFF for at in (6, 8))
        if not width or not height:
            raise Malformed("a VP8 key frame without a size")
        return Picture(data, Setup("VP8", width, height))


def _descriptor(payload: bytes) -> int:
    """Bytes of the payload descriptor (RFC 7741 §4.2)."""
    size = 1
    if payload[0] & 0x80:  # X: a byte that says what follows
        if len(payload) < 3:
            raise Malformed("a VP8 descriptor is cut")
        extra = payload[1]
        size += 1
        if extra & 0x80:  # I: picture id of 7 or 15 bits
            size += 2 if payload[2] & 0x80 else 1
        size += bool(extra & 0x40) + bool(extra & 0x30)  # L, then T or K
    if len(payload) <= size:
        raise Malformed("a VP8 payload without a picture")
    return size
