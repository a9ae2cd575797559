"""Ink facts in few bytes: what a room is sent seven times a second while somebody writes.

    lines := line*
    line  := seq  ms  kind  seat  count  [page  tool  colour  width]  ink
    kind  := size of the ink * 4 + (2 where a stroke begins) + (1 where it ends)

All but the ink are varints: seven bits a byte, the lowest first, 0x80 where more follow.  seq and
ms are told by their distance from the line before, the first from 0.  A stroke is seat * SEAT +
count.  In brackets: only where it begins.  As arrays the same takes 30 bytes more.
"""

from collections.abc import Iterator, Sequence
from typing import TypeAlias, get_args, get_type_hints

from .errors import Malformed
from .marks import SEAT, Pen
from .strokes import InkAdded, StrokeBegun

Inked: TypeAlias = StrokeBegun | InkAdded
InkLine: TypeAlias = tuple[int, int, Inked]
"""Number, milliseconds of lesson time, and what happened."""

TOOLS: tuple[str, ...] = get_args(get_type_hints(Pen)["tool"])
LONGEST = 10  # bytes of a varint: beyond 64 bits nothing is counted


def pack(lines: Sequence[InkLine]) -> bytes:
    """Lines of one frame, in the order of their numbers."""
    out = bytearray()
    before = (0, 0)
    for seq, ms, fact in lines:
        begins = isinstance(fact, StrokeBegun)
        numbers = [seq - before[0], ms - before[1], len(fact.ink) << 2 | begins << 1 | fact.last]
        numbers += divmod(fact.stroke, SEAT)
        if isinstance(fact, StrokeBegun):
            pen = fact.pen
            numbers += fact.page, TOOLS.index(pen.tool), pen.colour, pen.width
        for number in numbers:
            _put(out, number)
        out += fact.ink
        before = seq, ms
    return bytes(out)


def unpack(data: bytes) -> list[InkLine]:
    """Read what pack() has written; raises Malformed."""
    reader, lines = _Reader(data), list[InkLine]()
    seq = ms = 0
    try:
        while reader.left:
            seq, ms = seq + reader.number(), ms + reader.number()
            lines.append((seq, ms, _fact(reader)))
    except IndexError as error:
        raise Malformed("lines of ink that are cut off or of no pen") from error
    return lines


def _fact(reader: "_Reader") -> Inked:
    kind = reader.number()
    stroke = reader.number() * SEAT + reader.number()
    last = bool(kind & 1)
    if not kind & 2:
        return InkAdded(stroke, reader.bytes(kind >> 2), last)
    page = reader.number()
    pen = Pen(TOOLS[reader.number()], reader.number(), reader.number())  # type: ignore[arg-type]
    return StrokeBegun(stroke, page, pen, reader.bytes(kind >> 2), last)


def _put(out: bytearray, number: int) -> None:
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def left(self) -> int:
        return len(self._data) - self._at

    def number(self) -> int:
        number = 0
        for n, byte in enumerate(self._varint()):
            number |= (byte & 0x7F) << 7 * n
        return number

    def bytes(self, size: int) -> bytes:
        if size > self.left:
            raise IndexError(size)
        self._at += size
        return self._data[self._at - size : self._at]

    def _varint(self) -> Iterator[int]:
        for _ in range(LONGEST):
            byte = self._data[self._at]
            self._at += 1
            yield byte
            if byte < 0x80:
                return
        raise IndexError(self._at)
