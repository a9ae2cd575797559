"""The packed stroke: points at a fixed tick in a few bits each; exact, and total on any bytes.

A stroke is a chain of batches.  Coordinates are quarter pixels of a 1920x1080 board (signed
14 bits), pressure is 0..31, the tick is 1/120 s.  The first batch holds an absolute point; all
others are second differences, Rice-coded with a parameter chosen per batch.  Layout, in bits:

    first:1  [x:14 y:14 pressure:5]  count:6  k:3  pressed:1  count * (rice(x) rice(y) [rice0(p)])

then zero bits up to the byte.  A quotient of 12 ones escapes to 17 plain bits, which
is what the second difference of 14-bit values can need.
"""

from collections.abc import Sequence

from msgspec import Struct

from .errors import Malformed

TICK = 1 / 120  # seconds between points
UNIT = 4  # coordinates to a pixel of the 1920x1080 board
MOST_POINTS = 63  # in a batch, beside the absolute one: the count has six bits
LONGEST_BATCH = 600  # bytes: 63 points of three escaped values and a head stay below this
_ESCAPE = 12
_WINDOW = 700  # bytes: no batch is longer, whatever its bits; a long number is slow to shift

Point = tuple[int, int, int]
"""x and y in quarter pixels, pressure 0..31."""


class Chain(Struct):
    """Where a stroke stands between two batches: the last point and the last step."""

    x: int = 0
    y: int = 0
    dx: int = 0
    dy: int = 0
    p: int = 0


def encode(chain: Chain, points: Sequence[Point], *, first: bool) -> bytes:
    """Pack the next points of a stroke and move the chain on.

    Raises ValueError for no points, more than MOST_POINTS (+1 in a first batch), or a
    coordinate or pressure out of range: those are the caller's bugs.
    """
    if not 0 < len(points) <= MOST_POINTS + first or not all(map(_fits, points)):
        raise ValueError("1..63 points in range")
    out = _Writer()
    out.put(int(first), 1)
    if first:
        chain.x, chain.y, chain.p = points[0]
        chain.dx = chain.dy = 0
        for value, width in ((chain.x & 0x3FFF, 14), (chain.y & 0x3FFF, 14), (chain.p, 5)):
            out.put(value, width)
    steps = differences(chain, points[int(first) :])
    k = _parameter(steps)
    pressed = any(step[2] for step in steps)
    out.put(len(steps), 6)
    out.put(k, 3)
    out.put(int(pressed), 1)
    for x, y, p in steps:
        out.rice(x, k)
        out.rice(y, k)
        if pressed:
            out.rice(p, 0)
    return out.done()


def decode(chain: Chain, data: bytes) -> list[Point]:
    """Unpack one batch and move the chain on.  Total: missing bits read as zero."""
    return _unpack(chain, _Reader(data))


def decode_stroke(data: bytes, chain: Chain | None = None) -> list[Point]:
    """Unpack a whole stroke: its batches one behind the other.  Total as decode() is."""
    chain, at, points = chain or Chain(), 0, list[Point]()
    while at < len(data):
        reader = _Reader(data[at : at + _WINDOW])
        before = reader.left
        points += _unpack(chain, reader)
        at += -(-(before - reader.left) // 8)
    return points


def check_batch(data: bytes, *, first: bool) -> int:
    """How many points a batch claims; raises Malformed where its bytes cannot hold them.

    Looks at the head only, so it costs the same for every batch.
    """
    head = 1 + (33 if first else 0)
    if not 0 < len(data) <= LONGEST_BATCH or (data[0] >> 7) != first:
        raise Malformed("not an ink batch")
    bits = int.from_bytes(data[:6], "big") << (48 - 8 * min(len(data), 6))
    count = bits >> (48 - head - 6) & 0x3F
    k = bits >> (48 - head - 9) & 7
    if count + first == 0 or head + 10 + count * 2 * (k + 1) > 8 * len(data):
        raise Malformed("an ink batch shorter than its points")
    return count + first


def _fits(point: Point) -> bool:
    x, y, p = point
    return -8192 <= x < 8192 and -8192 <= y < 8192 and 0 <= p < 32


def differences(chain: Chain, points: Sequence[Point]) -> list[Point]:
    """What is written of points: second differences of x and y, first ones of pressure."""
    steps = []
    for x, y, p in points:
        dx, dy = x - chain.x, y - chain.y
        steps.append((dx - chain.dx, dy - chain.dy, p - chain.p))
        chain.x, chain.y, chain.dx, chain.dy, chain.p = x, y, dx, dy, p
    return steps


def _parameter(steps: Sequence[Point]) -> int:
    """The Rice parameter for these steps: about log2 of 0.69 times their mean."""
    mean = sum(abs(x) + abs(y) for x, y, _ in steps) / max(1, len(steps))
    k = 0
    while (1 << k) < mean * 0.69 and k < 7:
        k += 1
    return k


def _unpack(chain: Chain, reader: "_Reader") -> list[Point]:
    points: list[Point] = []
    if reader.get(1):
        chain.x, chain.y, chain.p = (
            _signed14(reader.get(14)),
            _signed14(reader.get(14)),
            reader.get(5),
        )
        chain.dx = chain.dy = 0
        points.append((chain.x, chain.y, chain.p))
    count, k, pressed = reader.get(6), reader.get(3), reader.get(1)
    for _ in range(count):
        chain.dx += reader.rice(k)
        chain.dy += reader.rice(k)
        chain.x += chain.dx
        chain.y += chain.dy
        if pressed:
            chain.p += reader.rice(0)
        points.append((chain.x, chain.y, chain.p))
    return points


def _signed14(value: int) -> int:
    return value - ((value & 0x2000) << 1)


class _Writer:
    def __init__(self) -> None:
        self.bits = 0
        self.count = 0

    def put(self, value: int, width: int) -> None:
        self.bits = self.bits << width | value
        self.count += width

    def rice(self, value: int, k: int) -> None:
        folded = value * 2 if value >= 0 else -value * 2 - 1
        quotient = folded >> k
        if quotient < _ESCAPE:
            self.put(((1 << quotient) - 1) << 1, quotient + 1)
            self.put(folded & ((1 << k) - 1), k)
        else:
            self.put((1 << _ESCAPE) - 1, _ESCAPE)
            self.put(folded, 17)

    def done(self) -> bytes:
        pad = -self.count % 8
        return (self.bits << pad).to_bytes((self.count + pad) // 8, "big")


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.bits = int.from_bytes(data, "big")
        self.left = 8 * len(data)

    def get(self, width: int) -> int:
        self.left -= width
        shifted = self.bits >> self.left if self.left >= 0 else self.bits << -self.left
        return shifted & ((1 << width) - 1)

    def rice(self, k: int) -> int:
        quotient = 0
        while quotient < _ESCAPE and self.get(1):
            quotient += 1
        folded = self.get(17) if quotient == _ESCAPE else quotient << k | self.get(k)
        return folded >> 1 if not folded & 1 else -((folded + 1) >> 1)
