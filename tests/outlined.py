"""Packs outlines of formulas, as the browser's setter does: for tests of those who read them."""

from collections.abc import Iterable, Sequence

from synclass.outlines import LETTERS, Outline, Piece, Said, Segment


def packed(outline: Outline) -> bytes:
    packer = _Packer()
    packer.count(outline.width)
    packer.count(outline.height)
    for part in outline.parts:
        if isinstance(part, Said):
            packer.said(part)
        else:
            packer.piece(part)
    return bytes(packer.bytes)


def box(left: int, top: int, right: int, bottom: int) -> list[Segment]:
    corners = ((right, top), (right, bottom), (left, bottom))
    return [("M", (left, top)), *(("L", corner) for corner in corners), ("Z", ())]


HALF = Outline(
    600,
    1400,
    [
        Piece(0, [("M", (250, 500)), ("Q", (300, 300, 320, 0)), ("L", (340, 500)), ("Z", ())]),
        Piece(0, box(0, 660, 600, 710)),
        Piece(40, [("M", (100, 900)), ("C", (500, 800, 500, 1000, 100, 1380)), ("L", (500, 1380))]),
        Said(120, 1390, 884, "米"),
    ],
)
"""One over two, and something in words."""


class _Packer:
    def __init__(self) -> None:
        self.bytes = bytearray()
        self._spot = (0, 0)

    def count(self, value: int) -> None:
        while value > 0x7F:
            self.bytes.append(0x80 | value & 0x7F)
            value >>= 7
        self.bytes.append(value)

    def piece(self, piece: Piece) -> None:
        self.count(1 + piece.line)
        for letter, own in _runs(piece.path):
            self.count(1 + LETTERS.index(letter) + 5 * (len(own) - 1))
            for _, values in own:
                self._moves(values)
        self.count(0)

    def said(self, said: Said) -> None:
        self.count(0)
        self._moves((said.x, said.y))
        self.count(said.size)
        self.count(len(said.text.encode()))
        self.bytes += said.text.encode()

    def _moves(self, values: Sequence[int]) -> None:
        for x, y in zip(values[::2], values[1::2], strict=True):
            for value in (x - self._spot[0], y - self._spot[1]):
                self.count(2 * value if value >= 0 else -2 * value - 1)
            self._spot = x, y


def _runs(path: Iterable[Segment]) -> list[tuple[str, list[Segment]]]:
    """Neighbours of one letter together; a path is closed once at a time."""
    runs: list[tuple[str, list[Segment]]] = []
    for segment in path:
        if runs and runs[-1][0] == segment[0] != "Z":
            runs[-1][1].append(segment)
        else:
            runs.append((segment[0], [segment]))
    return runs
