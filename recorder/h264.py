"""H.264 pictures out of RTP payloads (RFC 6184), for a file: length before each NAL unit."""

from collections.abc import Iterator
from struct import pack

from synclass.errors import Malformed

from .bits import LONGEST, Bits
from .frames import Picture, Setup

_IDR, _SPS, _PPS, _DELIMITER, _STAP_A, _FU_A = 5, 7, 8, 9, 24, 28
_HIGH_PROFILES = frozenset({100, 110, 122, 244, 44, 83, 86, 118, 128})


class H264:
    """Keeps the parameter sets: some cameras send them only once."""

    def __init__(self) -> None:
        self._sps = self._pps = b""

    def begins(self, payload: bytes) -> bool:
        return _kind(payload) != _FU_A or (len(payload) > 1 and payload[1] & 0x80 != 0)

    def picture(self, payloads: list[bytes]) -> Picture:
        units = list(_units(payloads))
        self._keep_sets(units)
        slices = [unit for unit in units if 0 < _kind(unit) <= _IDR]
        # After a loss only this tells a picture from the rest of one: its first slice begins at
        # macroblock 0, which is written as a single 1 bit (H.264 §7.3.3).
        if not slices or not slices[0][1:2] >= b"\x80":
            raise Malformed("the picture's first slice is missing")
        kept = (unit for unit in units if _kind(unit) not in (_SPS, _PPS, _DELIMITER))
        data = b"".join(pack("!I", len(unit)) + unit for unit in kept)
        return Picture(data, self._setup() if any(_kind(s) == _IDR for s in slices) else None)

    def _keep_sets(self, units: list[bytes]) -> None:
        for unit in units:
            if _kind(unit) == _SPS:
                self._sps = unit
            elif _kind(unit) == _PPS:
                self._pps = unit

    def _setup(self) -> Setup:
        if len(self._sps) < 4 or not 0 < len(self._pps) <= LONGEST:
            raise Malformed("a key frame before its parameter sets")
        width, height = size(self._sps)
        return Setup("H264", width, height, private=configuration(self._sps, self._pps))


def configuration(sps: bytes, pps: bytes) -> bytes:
    """The AVCDecoderConfigurationRecord for one pair of parameter sets."""
    record = b"\x01" + sps[1:4] + b"\xff\xe1"
    record += pack("!H", len(sps)) + sps + b"\x01" + pack("!H", len(pps)) + pps
    return record + (b"\xfd\xf8\xf8\x00" if sps[1] in _HIGH_PROFILES else b"")


def _kind(unit: bytes) -> int:
    return unit[0] & 0x1F


def _units(payloads: list[bytes]) -> Iterator[bytes]:
    """The NAL units of a picture: single, aggregated (§5.7.1) or in fragments (§5.8)."""
    fragments = b""
    for payload in payloads:
        kind = _kind(payload)
        if kind == _FU_A:
            fragments = _fragment(fragments, payload)
            if payload[1] & 0x40:
                yield fragments
                fragments = b""
        elif fragments:
            raise Malformed("a fragmented NAL unit has no end")
        elif kind == _STAP_A:
            yield from _aggregated(payload)
        elif 0 < kind < _STAP_A:
            yield payload
        else:
            raise Malformed(f"NAL unit type {kind} in packetization mode 1")
    if fragments:
        raise Malformed("a fragmented NAL unit has no end")


def _fragment(fragments: bytes, payload: bytes) -> bytes:
    if len(payload) < 3 or bool(payload[1] & 0x80) == bool(fragments):
        raise Malformed("a fragment without its beginning")
    return (fragments or bytes([payload[0] & 0xE0 | payload[1] & 0x1F])) + payload[2:]


def _aggregated(payload: bytes) -> Iterator[bytes]:
    at = 1
    while at < len(payload):
        size = int.from_bytes(payload[at : at + 2], "big")
        unit = payload[at + 2 : at + 2 + size]
        if size == 0 or len(unit) != size:
            raise Malformed("an aggregated NAL unit is cut")
        yield unit
        at += 2 + size


def size(sps: bytes) -> tuple[int, int]:
    """Width and height of the pictures (H.264 §7.3.2.1.1); raises Malformed."""
    bits = Bits(sps[1:].replace(b"\x00\x00\x03", b"\x00\x00"))
    profile = bits.take(24) >> 16
    bits.golomb()
    chroma = _chroma(bits) if profile in _HIGH_PROFILES else 1
    bits.golomb()
    _skip_order(bits)
    bits.golomb()
    bits.take(1)
    across, down = bits.golomb() + 1, bits.golomb() + 1
    fields = 2 - bits.take(1)  # 2 where a map unit is a pair of fields
    bits.take(1 if fields == 1 else 2)
    crop = [bits.golomb() for _ in range(4)] if bits.take(1) else [0, 0, 0, 0]
    step_x, step_y = (2 if chroma in (1, 2) else 1), (2 if chroma == 1 else 1) * fields
    width = across * 16 - (crop[0] + crop[1]) * step_x
    height = down * 16 * fields - (crop[2] + crop[3]) * step_y
    if not (0 < width < 1 << 16 and 0 < height < 1 << 16):
        raise Malformed("impossible picture size")
    return width, height


def _chroma(bits: Bits) -> int:
    chroma = bits.golomb()
    bits.take(1 if chroma == 3 else 0)
    bits.golomb(), bits.golomb()
    bits.take(1)
    if bits.take(1):
        raise Malformed("scaling matrices are not sent by any browser")
    return chroma


def _skip_order(bits: Bits) -> None:
    kind = bits.golomb()
    if kind == 0:
        bits.golomb()
    elif kind == 1:
        raise Malformed("picture order type 1 is not sent by any browser")
