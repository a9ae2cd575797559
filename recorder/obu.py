"""AV1's open bitstream units (AV1 §5.3), and what the sequence header says of all that follows."""

from msgspec import Struct

from synclass.errors import Malformed

from .bits import Bits

SEQUENCE, FRAME_HEADER, TILE_GROUP, METADATA, FRAME = 1, 3, 4, 5, 6  # obu_type (AV1 §6.2.2)
FRAMES = frozenset({FRAME_HEADER, FRAME})
SHORTEST = 4  # bytes of a configuration record
_EXTENDED, _SIZED = 0x04, 0x02
_SRGB = (1, 13, 0)  # BT.709, sRGB, identity: colours without a matrix (AV1 §5.5.2)
_CHOSEN = 2  # SELECT_SCREEN_CONTENT_TOOLS: each frame says it


class Unit(Struct, frozen=True):
    """``head`` is its first byte, and the second where there is an extension."""

    kind: int
    head: bytes
    payload: bytes


class Sequence(Struct, frozen=True):
    width: int
    height: int
    still: bool
    """It is one picture, which has no frame type of its own."""
    configuration: bytes
    """The AV1CodecConfigurationRecord (AV1 in ISOBMFF §2.3)."""


def read(data: bytes) -> Unit:
    """Read one unit, with or without its size inside; raises Malformed."""
    if not data or data[0] & 0x80:
        raise Malformed("not an OBU")
    at = 2 if data[0] & _EXTENDED else 1
    head, payload = bytes((data[0] & ~_SIZED,)) + data[1:at], data[at:]
    if len(head) != at:
        raise Malformed("the header of an OBU is cut")
    if data[0] & _SIZED:
        payload = _unsized(payload)
    return Unit(data[0] >> 3 & 15, head, payload)


def sized(unit: Unit) -> bytes:
    """As files have it: with its size."""
    return (
        bytes((unit.head[0] | _SIZED,)) + unit.head[1:] + leb128(len(unit.payload)) + unit.payload
    )


def leb128(value: int) -> bytes:
    """A number in as few bytes as it needs (AV1 §4.10.5)."""
    parts = bytearray()
    while value >= 0x80:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes((*parts, value))


def _unsized(data: bytes) -> bytes:
    value = 0
    for n, byte in enumerate(data[:8]):
        value |= (byte & 0x7F) << 7 * n
        if byte < 0x80:
            if n + 1 + value > len(data):
                break
            return data[n + 1 : n + 1 + value]
    raise Malformed("an OBU is cut")


def read_sequence(unit: Unit) -> Sequence:
    """Read a sequence header (AV1 §5.5); raises Malformed."""
    bits = Bits(unit.payload)
    profile, still = bits.take(3), bool(bits.take(2) & 1)
    level, tier = (bits.take(5), 0) if still else _points(bits)
    across, down = bits.take(4) + 1, bits.take(4) + 1
    width, height = bits.take(across) + 1, bits.take(down) + 1
    _pass_tools(bits, still=still)
    colours = _colours(bits, profile)
    start = bytes((0x81, profile << 5 | level, tier << 7 | colours, 0))
    return Sequence(width, height, still, start + sized(unit))


def _points(bits: Bits) -> tuple[int, int]:
    """-> (level, tier) of the first operating point, which has all layers."""
    delays = 0
    if bits.take(1):  # timing
        bits.take(64)
        if bits.take(1):
            bits.golomb()
        if bits.take(1):  # a model of the decoder
            delays = bits.take(5) + 1
            bits.take(42)
    displayed = bits.take(1)
    found = []
    for _ in range(bits.take(5) + 1):
        bits.take(12)
        level = bits.take(5)
        found.append((level, bits.take(1) if level > 7 else 0))
        if delays and bits.take(1):
            bits.take(2 * delays + 1)
        if displayed and bits.take(1):
            bits.take(4)
    return found[0]


def _pass_tools(bits: Bits, *, still: bool) -> None:
    if not still and bits.take(1):  # numbers of frames
        bits.take(7)
    bits.take(3)
    if not still:
        bits.take(4)
        ordered = bits.take(1)
        bits.take(2 if ordered else 0)
        screens = _CHOSEN if bits.take(1) else bits.take(1)
        if screens and not bits.take(1):
            bits.take(1)
        bits.take(3 if ordered else 0)
    bits.take(3)


def _colours(bits: Bits, profile: int) -> int:
    """The lower seven bits of the record's third byte: depth and subsampling (AV1 §5.5.2)."""
    high = bits.take(1)
    twelve = bits.take(1) if profile == 2 and high else 0
    grey = bits.take(1) if profile != 1 else 0
    described = bits.take(1)
    space = (bits.take(8), bits.take(8), bits.take(8)) if described else None
    if not grey and space == _SRGB:
        across, down, place = 0, 0, 0
    else:
        bits.take(1)
        across, down = (1, 1) if grey else _subsampling(bits, profile, twelve)
        place = bits.take(2) if across and down and not grey else 0
    return high << 6 | twelve << 5 | grey << 4 | across << 3 | down << 2 | place


def _subsampling(bits: Bits, profile: int, twelve: int) -> tuple[int, int]:
    if profile < 2:
        return (1, 1) if profile == 0 else (0, 0)
    if not twelve:
        return 1, 0
    across = bits.take(1)
    return across, bits.take(1) if across else 0


def mime(configuration: bytes) -> str:
    """The codecs parameter (AV1 in ISOBMFF §5): profile, level, tier, depth."""
    first, second = configuration[1:3]
    depth = 12 if second & 0x20 else 10 if second & 0x40 else 8
    return f"av01.{first >> 5}.{first & 31:02}{'H' if second & 0x80 else 'M'}.{depth:02}"
