"""A small picture in YUV 4:2:0 that is drawn by rows of bytes: boxes, discs and clock digits."""

from typing import Self

from av import VideoFrame

Colour = tuple[int, int, int]
"""Y, U and V, 0..255."""

WHITE: Colour = (235, 128, 128)
INK: Colour = (35, 128, 128)
GREEN: Colour = (80, 112, 104)
WOOD: Colour = (120, 100, 150)
SKIN: Colour = (190, 110, 148)
BLUE: Colour = (90, 170, 100)
RED: Colour = (100, 108, 190)
YELLOW: Colour = (200, 60, 140)
SKY: Colour = (180, 145, 115)

_SEGMENTS = {  # top, top left, top right, middle, bottom left, bottom right, bottom
    "0": (1, 1, 1, 0, 1, 1, 1),
    "1": (0, 0, 1, 0, 0, 1, 0),
    "2": (1, 0, 1, 1, 1, 0, 1),
    "3": (1, 0, 1, 1, 0, 1, 1),
    "4": (0, 1, 1, 1, 0, 1, 0),
    "5": (1, 1, 0, 1, 0, 1, 1),
    "6": (1, 1, 0, 1, 1, 1, 1),
    "7": (1, 0, 1, 0, 0, 1, 0),
    "8": (1, 1, 1, 1, 1, 1, 1),
    "9": (1, 1, 1, 1, 0, 1, 1),
}


class Canvas:
    """Width and height are even; what lies outside is not drawn."""

    def __init__(self, width: int, height: int, colour: Colour) -> None:
        self.width, self.height = width, height
        sizes = ((width, height), (width // 2, height // 2), (width // 2, height // 2))
        self._planes = [
            bytearray(bytes([value])) * (w * h) for (w, h), value in zip(sizes, colour, strict=True)
        ]

    def copy(self) -> Self:
        other = type(self).__new__(type(self))
        other.width, other.height = self.width, self.height
        other._planes = [plane[:] for plane in self._planes]
        return other

    def box(self, x: int, y: int, width: int, height: int, colour: Colour) -> None:
        for row in range(max(0, y), min(self.height, y + height)):
            self._row(row, x, x + width, colour)

    def disc(self, x: int, y: int, radius: int, colour: Colour) -> None:
        for row in range(max(0, y - radius), min(self.height, y + radius + 1)):
            half = int((radius * radius - (row - y) ** 2) ** 0.5)
            self._row(row, x - half, x + half + 1, colour)

    def digits(self, text: str, x: int, y: int, size: int, colour: Colour) -> None:
        """Seven-segment figures and colons; each figure is ``size`` wide and twice as high."""
        thick = max(2, size // 5)
        for letter in text:
            if letter == ":":
                self.box(x, y + size // 2, thick, thick, colour)
                self.box(x, y + size + size // 2, thick, thick, colour)
                x += 2 * thick
            else:
                self._digit(letter, x, y, size, colour)
                x += size + thick

    def frame(self) -> VideoFrame:
        frame = VideoFrame(self.width, self.height, "yuv420p")
        for n, plane in enumerate(frame.planes):
            plane.update(_padded(self._planes[n], self.width // (1 + (n > 0)), plane.line_size))
        return frame

    def _digit(self, letter: str, x: int, y: int, size: int, colour: Colour) -> None:
        thick = max(2, size // 5)
        right, middle, bottom = x + size - thick, y + size - thick // 2, y + 2 * size - thick
        places = (
            (x, y, size, thick),
            (x, y, thick, size),
            (right, y, thick, size),
            (x, middle, size, thick),
            (x, y + size, thick, size),
            (right, y + size, thick, size),
            (x, bottom, size, thick),
        )
        for lit, place in zip(_SEGMENTS[letter], places, strict=True):
            if lit:
                self.box(*place, colour)

    def _row(self, y: int, left: int, right: int, colour: Colour) -> None:
        left, right = max(0, left), min(self.width, right)
        if left >= right:
            return
        start = y * self.width
        self._planes[0][start + left : start + right] = bytes([colour[0]]) * (right - left)
        if y % 2 == 0:
            start, left, right = y // 2 * (self.width // 2), left // 2, (right + 1) // 2
            for plane, value in zip(self._planes[1:], colour[1:], strict=True):
                plane[start + left : start + right] = bytes([value]) * (right - left)


def _padded(plane: bytearray, width: int, line: int) -> bytes:
    """Rows as the codec wants them: its lines may be longer than the picture."""
    if line == width:
        return bytes(plane)
    pad = bytes(line - width)
    return b"".join(plane[at : at + width] + pad for at in range(0, len(plane), width))
