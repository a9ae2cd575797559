"""A stretch of the log for the archive: ink in columns, deflated; back to the very bytes.

A record of the journal that is one batch of ink, as our clients write it, is taken apart, and what
is alike (times, counts, steps of x, of y, of pressure) comes to lie side by side and deflates well.
All other records are kept as they are, and so are those that would not come out again bit for bit.
Nothing depends on what was packed before: a chunk can be read alone.

    chunk: version:1, then as one raw deflate (RFC 1951) for each column  length:number  bytes
"""

import zlib
from collections.abc import Iterable, Iterator
from typing import Literal, TypeAlias

from msgspec import Struct, field

from synclass.errors import Malformed
from synclass.ink import TICK, Chain, Point, decode, differences, encode
from synclass.lesson import Entry
from synclass.marks import Pen
from synclass.strokes import InkAdded, StrokeBegun
from synclass.wire import entries, record
from synclass.words import ParticipantId

VERSION = 1
SPAN = 30.0  # seconds of a lesson in a chunk: little is unpacked to seek, and it deflates well
LONGEST = 1 << 26  # bytes of a chunk's columns: the busiest half minute has a hundredth of it
LONGEST_NUMBER = 70  # bits: what msgpack can have, and a sign
OTHER, INK = 0, 1
LAST, FIRST = 2, 4  # of INK: the pen is lifted, it was put down
TOOLS: tuple[Literal["pen", "highlighter", "chalk"], ...] = ("pen", "highlighter", "chalk")
MIDDLE = 16  # a pressure from which those of a batch may rise and fall
Fact: TypeAlias = StrokeBegun | InkAdded


class Column:
    """Whole numbers, small ones in one byte."""

    def __init__(self, data: bytes = b"") -> None:
        self.data = bytearray(data)
        self._at = 0

    def put(self, value: int) -> None:
        left = value * 2 if value >= 0 else -value * 2 - 1
        while left > 127:
            self.data.append(left & 127 | 128)
            left >>= 7
        self.data.append(left)

    def get(self) -> int:
        """Raises Malformed at the end."""
        folded = shift = 0
        while True:
            byte = self.take(1)[0]
            folded |= (byte & 127) << shift
            shift += 7
            if shift > LONGEST_NUMBER:
                raise Malformed("a number of this chunk is too long")
            if byte < 128:
                return -(folded + 1 >> 1) if folded & 1 else folded >> 1

    def put_bytes(self, data: bytes) -> None:
        self.put(len(data))
        self.data += data

    def get_bytes(self) -> bytes:
        return self.take(self.get())

    def take(self, count: int) -> bytes:
        """Raises Malformed at the end."""
        end = self._at + count
        if not self._at <= end <= len(self.data):
            raise Malformed("a column of this chunk is too short")
        data, self._at = bytes(self.data[self._at : end]), end
        return data

    @property
    def left(self) -> int:
        return len(self.data) - self._at


class Chunk(Struct):
    """The columns, in the order in which they lie in a chunk."""

    kinds: Column = field(default_factory=Column)
    others: Column = field(default_factory=Column)
    people: Column = field(default_factory=Column)
    seqs: Column = field(default_factory=Column)
    times: Column = field(default_factory=Column)
    asks: Column = field(default_factory=Column)
    strokes: Column = field(default_factory=Column)
    pages: Column = field(default_factory=Column)
    pens: Column = field(default_factory=Column)
    counts: Column = field(default_factory=Column)
    lefts: Column = field(default_factory=Column)
    tops: Column = field(default_factory=Column)
    xs: Column = field(default_factory=Column)
    ys: Column = field(default_factory=Column)
    pressures: Column = field(default_factory=Column)


class Before(Struct):
    """What a person's next ink is told from: the ask before, and where and when the pen is due."""

    n: int = 0
    stroke: int = 0
    begun: int = 0
    """Milliseconds of the lesson when the stroke's first batch came."""
    ticks: int = 0
    """Points of the stroke since then."""
    chain: Chain = field(default_factory=Chain)

    def due(self, count: int) -> int:
        """When a batch of so many points is due, at the pen's pace."""
        return self.begun + round((self.ticks + count) * 1000 * TICK)

    def went(self, ink: bytes, ms: int, *, first: bool) -> None:
        """The pen has gone on by a batch."""
        if first:
            self.begun, self.ticks, self.chain = ms, 0, Chain()
        points = decode(self.chain, ink) if ink else []
        self.ticks += 0 if first else len(points)


def pack(records: Iterable[bytes]) -> bytes:
    """Records of the journal as one chunk of the archive."""
    packer = _Packer()
    for data in records:
        packer.add(data)
    out = Column()
    for column in _columns(packer.chunk):
        out.put_bytes(bytes(column.data))
    return bytes([VERSION]) + zlib.compress(out.data, 9, wbits=-15)


def unpack(data: bytes) -> list[bytes]:
    """The records of a chunk, as they were; raises Malformed."""
    if data[:1] != bytes([VERSION]):
        raise Malformed("no chunk of this version")
    columns = Column(_inflated(data[1:]))
    chunk = Chunk(*(Column(columns.get_bytes()) for _ in Chunk.__struct_fields__))
    return list(_Unpacker(chunk).records())


def _columns(chunk: Chunk) -> Iterator[Column]:
    return (getattr(chunk, name) for name in chunk.__struct_fields__)


def _inflated(data: bytes) -> bytes:
    inflater = zlib.decompressobj(wbits=-15)
    try:
        columns = inflater.decompress(data, LONGEST)
    except zlib.error as error:
        raise Malformed(f"this chunk is damaged: {error}") from error
    if not inflater.eof:
        raise Malformed("this chunk is cut, or too long")
    return columns


class _Telling:
    """What both directions remember on their way through a chunk."""

    def __init__(self, chunk: Chunk) -> None:
        self.chunk = chunk
        self.people: dict[ParticipantId, Before] = {}
        self.seq = 0


class _Packer(_Telling):
    def __init__(self) -> None:
        super().__init__(Chunk())

    def add(self, data: bytes) -> None:
        ink = _ink_of(data)
        if ink is None:
            self.chunk.kinds.put(OTHER)
            self.chunk.others.put_bytes(data)
        else:
            self._add_ink(*ink)

    def _add_ink(self, entry: Entry, fact: Fact) -> None:
        chunk, first = self.chunk, isinstance(fact, StrokeBegun)
        chunk.kinds.put(INK | LAST * fact.last | FIRST * first)
        before = self._person(entry.by)
        chunk.seqs.put(entry.seq - self.seq)
        chunk.asks.put(entry.n - before.n)
        chunk.strokes.put(fact.stroke - before.stroke)
        self.seq, before.n, before.stroke = entry.seq, entry.n, fact.stroke
        if isinstance(fact, StrokeBegun):
            chunk.pages.put(fact.page)
            for value in (TOOLS.index(fact.pen.tool), fact.pen.colour, fact.pen.width):
                chunk.pens.put(value)
        points = decode(Chain(p=MIDDLE), fact.ink) if fact.ink else []
        chunk.times.put(entry.ms - before.due(len(points)))
        self._add_points(points, before.chain, first=first)
        before.went(fact.ink, entry.ms, first=first)

    def _person(self, by: ParticipantId) -> Before:
        if by not in self.people:
            self.chunk.people.put(len(self.people))
            self.chunk.people.put_bytes(by.encode())
            return self.people.setdefault(by, Before())
        self.chunk.people.put(list(self.people).index(by))
        return self.people[by]

    def _add_points(self, points: list[Point], pen: Chain, *, first: bool) -> None:
        chunk, chain = self.chunk, Chain(p=MIDDLE)
        chunk.counts.put(len(points))
        if first:
            x, y, p = points[0]
            chain = Chain(x=x, y=y, p=p)
            chunk.lefts.put(x - pen.x)
            chunk.tops.put(y - pen.y)
            chunk.pressures.put(p - MIDDLE)
        for x, y, p in differences(chain, points[first:]):
            chunk.xs.put(x)
            chunk.ys.put(y)
            chunk.pressures.put(p)


class _Unpacker(_Telling):
    def records(self) -> Iterator[bytes]:
        chunk = self.chunk
        while chunk.kinds.left:
            kind = chunk.kinds.get()
            yield chunk.others.get_bytes() if kind == OTHER else self._record(kind)

    def _record(self, kind: int) -> bytes:
        try:
            return record([self._entry(kind)])
        except (UnicodeDecodeError, OverflowError, ValueError) as error:
            raise Malformed(f"this chunk is damaged: {error}") from error

    def _entry(self, kind: int) -> Entry:
        chunk = self.chunk
        by = self._person()
        before = self.people[by]
        self.seq += chunk.seqs.get()
        before.n += chunk.asks.get()
        before.stroke += chunk.strokes.get()
        first, last = bool(kind & FIRST), bool(kind & LAST)
        page, pen = (chunk.pages.get(), self._pen()) if first else (0, None)
        count = chunk.counts.get()
        ms = before.due(count) + chunk.times.get()
        ink = self._ink(count, before.chain, first=first)
        before.went(ink, ms, first=first)
        stroke = before.stroke
        fact = StrokeBegun(stroke, page, pen, ink, last) if pen else InkAdded(stroke, ink, last)
        return Entry(self.seq, ms, by, before.n, fact)

    def _pen(self) -> Pen:
        tool = self.chunk.pens.get()
        if not 0 <= tool < len(TOOLS):
            raise Malformed("a pen of another version")
        return Pen(TOOLS[tool], self.chunk.pens.get(), self.chunk.pens.get())

    def _person(self) -> ParticipantId:
        number = self.chunk.people.get()
        if number == len(self.people):
            self.people[ParticipantId(self.chunk.people.get_bytes().decode())] = Before()
        if not 0 <= number < len(self.people):
            raise Malformed("ink of nobody")
        return list(self.people)[number]

    def _ink(self, count: int, pen: Chain, *, first: bool) -> bytes:
        points = list(self._points(count, pen, first=first))
        return encode(Chain(p=MIDDLE), points, first=first) if points else b""

    def _points(self, count: int, pen: Chain, *, first: bool) -> Iterator[Point]:
        chunk, x, y, p, dx, dy = self.chunk, 0, 0, MIDDLE, 0, 0
        if first:
            x, y = pen.x + chunk.lefts.get(), pen.y + chunk.tops.get()
            p += chunk.pressures.get()
            yield x, y, p
        for _ in range(count - first):
            dx, dy = dx + chunk.xs.get(), dy + chunk.ys.get()
            x, y, p = x + dx, y + dy, p + chunk.pressures.get()
            yield x, y, p


def _ink_of(data: bytes) -> tuple[Entry, Fact] | None:
    """The one batch of ink that this record is, if it can be told again from its points."""
    try:
        found = entries(data)
    except Malformed:
        return None
    fact = found[0].fact if len(found) == 1 else None
    if not isinstance(fact, StrokeBegun | InkAdded):
        return None
    again = _again(fact.ink, first=isinstance(fact, StrokeBegun)) and record(found) == data
    return (found[0], fact) if again else None


def _again(ink: bytes, *, first: bool) -> bool:
    """Whether a batch is what our encoder makes of its points."""
    if not ink:
        return not first
    points = decode(Chain(p=MIDDLE), ink)
    try:
        return bool(points) and encode(Chain(p=MIDDLE), points, first=first) == ink
    except ValueError:
        return False
