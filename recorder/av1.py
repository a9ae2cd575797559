"""AV1 temporal units out of RTP payloads (RTP Payload Format For AV1 v1.0), for a file."""

from collections.abc import Iterator

from synclass.errors import Malformed

from . import obu
from .bits import Bits
from .frames import Picture, Setup

_CONTINUES, _GOES_ON = 0x80, 0x40  # Z and Y of the aggregation header (§4.4)
_LONGEST_SIZE = 8  # bytes of a leb128 (AV1 §4.10.5)
_KEPT = frozenset({obu.SEQUENCE, obu.FRAME_HEADER, obu.TILE_GROUP, obu.METADATA, obu.FRAME})
"""What a block of a file has (AV1 in Matroska §4.2): no delimiter, no padding, no tile list."""


class Av1:
    """Keeps the sequence header: what a player must know of the pictures that follow it."""

    def __init__(self) -> None:
        self._sequence: obu.Sequence | None = None

    def begins(self, payload: bytes) -> bool:
        return not payload[0] & _CONTINUES

    def picture(self, payloads: list[bytes]) -> Picture:
        units = [unit for unit in map(obu.read, _units(payloads)) if unit.kind in _KEPT]
        for unit in units:
            if unit.kind == obu.SEQUENCE:
                self._sequence = obu.read_sequence(unit)
        first = next((unit for unit in units if unit.kind in obu.FRAMES), None)
        if first is None:
            raise Malformed("a temporal unit without a frame")
        return Picture(b"".join(map(obu.sized, units)), self._setup(first, units))

    def _setup(self, first: obu.Unit, units: list[obu.Unit]) -> Setup | None:
        """Where a decoder can begin: at a shown key frame behind its sequence header."""
        sequence = self._sequence
        if sequence is None or not any(unit.kind == obu.SEQUENCE for unit in units):
            return None
        if not sequence.still and not _is_shown_key(first.payload):
            return None
        return Setup("AV1", sequence.width, sequence.height, private=sequence.configuration)


def _is_shown_key(payload: bytes) -> bool:
    """Not an old frame again, frame type 0, shown (AV1 §5.9.2)."""
    return Bits(payload[:1]).take(4) == 0b0001


def _units(payloads: list[bytes]) -> Iterator[bytes]:
    """The OBUs of a temporal unit, put together where they came in fragments."""
    begun: bytes | None = None
    for payload in payloads:
        elements = list(_elements(payload))
        if bool(payload[0] & _CONTINUES) != (begun is not None):
            raise Malformed("an OBU without its beginning, or its end")
        if begun is not None:
            elements[0] = begun + elements[0]
        begun = elements.pop() if payload[0] & _GOES_ON else None
        yield from elements
    if begun is not None:
        raise Malformed("an OBU has no end")


def _elements(payload: bytes) -> Iterator[bytes]:
    """The OBU elements of a payload; the last has no size where they are counted (§4.4)."""
    counted, at, n = payload[0] >> 4 & 3, 1, 0
    if len(payload) < 2:
        raise Malformed("an AV1 payload without an OBU")
    while at < len(payload):
        n += 1
        size = len(payload) - at
        if n != counted:
            size, at = _size(payload, at)
        element = payload[at : at + size]
        if len(element) != size or not size:
            raise Malformed("an OBU is cut")
        yield element
        at += size
    if counted and n != counted:
        raise Malformed("not as many OBUs as were announced")


def _size(payload: bytes, at: int) -> tuple[int, int]:
    """-> (a leb128, where it ends)."""
    value = 0
    for n in range(_LONGEST_SIZE):
        if at + n >= len(payload):
            break
        byte = payload[at + n]
        value |= (byte & 0x7F) << 7 * n
        if byte < 0x80:
            return value, at + n + 1
    raise Malformed("the size of an OBU is cut")
