"""The packed outlines of a formula, as the page of whoever typed it has set them: numbers only."""

from collections.abc import Iterator
from typing import NamedTuple

from .errors import Malformed

LONGEST = 16_384  # bytes: as much as a stroke; a hundred signs take 15,000
FARTHEST = 1 << 18  # thousandths of the letters' height: a formula as wide as 260 letters
LONGEST_NUMBER = 4  # bytes, of 7 bits each
EM = 1000  # to the height of the letters
LETTERS = "MLQCZ"
PAIRS = {"M": 1, "L": 1, "Q": 2, "C": 3, "Z": 0}

Segment = tuple[str, tuple[int, ...]]


class Piece(NamedTuple):
    line: int
    """Width of a line along the path; 0: the path is filled."""
    path: list[Segment]
    """M x y, L x y, Q x y x y, C x y x y x y and Z, as SVG has them."""


class Said(NamedTuple):
    """Words that have no outline: where their base line begins, and their height."""

    x: int
    y: int
    size: int
    text: str


class Outline(NamedTuple):
    """In thousandths of the letters' height, from the upper left corner, y downwards."""

    width: int
    height: int
    parts: list[Piece | Said]


def read(packed: bytes) -> Outline:
    """Raises Malformed where a number is missing, too large, or a path begins nowhere."""
    if len(packed) > LONGEST:
        raise Malformed(f"outlines take {LONGEST} bytes at most")
    numbers = _Numbers(packed)
    outline = Outline(numbers.count(), numbers.count(), [])
    if max(outline.width, outline.height) > FARTHEST:
        raise Malformed("no formula is so large")
    while not numbers.ended:
        kind = numbers.count()
        outline.parts.append(numbers.piece(kind - 1) if kind else numbers.said())
    return outline


def frame(outline: Outline) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of all there is, words as wide as they are high each."""
    xs, ys = [0, outline.width], [0, outline.height]
    for part in outline.parts:
        if isinstance(part, Said):
            xs += [part.x, part.x + part.size * len(part.text)]
            ys += [part.y - part.size, part.y]
        else:
            values = [value for _, own in part.path for value in own]
            xs, ys = xs + values[::2], ys + values[1::2]
    return min(xs), min(ys), max(xs), max(ys)


class _Numbers:
    def __init__(self, packed: bytes) -> None:
        self._packed = packed
        self._at = 0
        self._spot = (0, 0)

    @property
    def ended(self) -> bool:
        return self._at == len(self._packed)

    def count(self) -> int:
        value = 0
        for n in range(LONGEST_NUMBER):
            if self.ended:
                break
            byte = self._packed[self._at]
            self._at += 1
            value |= (byte & 0x7F) << 7 * n
            if byte < 0x80:
                return value
        raise Malformed("an outline is numbers of four bytes at most, and whole")

    def piece(self, line: int) -> Piece:
        path = list[Segment]()
        while run := self.count():
            path += self._run(LETTERS[(run - 1) % 5], (run - 1) // 5 + 1)
        if not path or path[0][0] != "M" or line > FARTHEST:
            raise Malformed("a path begins somewhere")
        return Piece(line, path)

    def said(self) -> Said:
        x, y = self._move()
        size, length = self.count(), self.count()
        text = self._packed[self._at : self._at + length]
        self._at += length
        if len(text) < length or not 0 < size <= FARTHEST:
            raise Malformed("words are as long as they say, and have a height")
        if size * length > FARTHEST:
            raise Malformed("no words are so wide")
        try:
            return Said(x, y, size, text.decode())
        except UnicodeDecodeError as error:
            raise Malformed("words are UTF-8") from error

    def _run(self, letter: str, count: int) -> Iterator[Segment]:
        pairs = PAIRS[letter]
        if not pairs and count > 1:
            raise Malformed("a path is closed once")
        for _ in range(count):
            yield letter, tuple(value for _ in range(pairs) for value in self._move())

    def _move(self) -> tuple[int, int]:
        """Every spot is told from the one before."""
        x, y = self._spot[0] + self._signed(), self._spot[1] + self._signed()
        if not max(abs(x), abs(y)) <= FARTHEST:
            raise Malformed("nothing of a formula is so far away")
        self._spot = x, y
        return x, y

    def _signed(self) -> int:
        value = self.count()
        return -(value + 1) // 2 if value % 2 else value // 2
