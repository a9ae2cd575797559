"""The picture as players want it: brightness and colours in planes, kept between frames."""

from typing import TypeAlias

import av
import numpy as np
from av.video.plane import VideoPlane
from av.video.reformatter import ColorRange, Colorspace
from numpy.typing import NDArray

from .region import ALL, HEIGHT, WIDTH, Region, together

Plane: TypeAlias = NDArray[np.uint8]
Pixels: TypeAlias = NDArray[np.uint8]
"""Rows of pixels of red, green, blue and an alpha that is not looked at."""
# As BT.709 has it, for the whole numbers of a byte; colours are those of four pixels together.
BLOCK = 16  # pixels: the macroblock of H.264
SIZES = (BLOCK, BLOCK // 2, BLOCK // 2)  # of a block in each plane
COLUMNS, ROWS = WIDTH // BLOCK, -(-HEIGHT // BLOCK)
KR, KG, KB = 47, 157, 16  # 256ths of 219/255 of the weights of BT.709
UR, UG, UB = -26, -86, 112  # of 224/255 of what makes blue-yellow
VR, VG, VB = 112, -102, -10  # and red-green


class Screen:
    """One frame that is changed where something changed, and encoded again and again."""

    def __init__(self) -> None:
        self.frame = av.VideoFrame(WIDTH, HEIGHT, "yuv420p")
        self.frame.colorspace, self.frame.color_range = Colorspace.ITU709, ColorRange.MPEG
        self.y, self.u, self.v = self.planes = planes(self.frame)
        self._told = [np.zeros_like(plane) for plane in self.planes]
        self._touched: Region | None = ALL

    def put(self, region: Region, pixels: Pixels) -> None:
        """Show these pixels there."""
        self._touched = together([self._touched, region])
        r, g, b = (pixels[:, :, n].astype(np.uint16) for n in range(3))
        self.y[region.slices] = ((KR * r + KG * g + KB * b + 128) >> 8) + 16
        red, green, blue = _quarter(r), _quarter(g), _quarter(b)
        self.u[region.halves] = _colour(UR * red + UG * green + UB * blue)
        self.v[region.halves] = _colour(VR * red + VG * green + VB * blue)

    def news(self) -> NDArray[np.bool_]:
        """Which blocks of 16 by 16 pixels are others than when this was asked last."""
        found = np.zeros((ROWS, COLUMNS), np.bool_)
        if self._touched is None:
            return found
        left, top = self._touched.left // BLOCK, self._touched.top // BLOCK
        right, bottom = -(-self._touched.right // BLOCK), -(-self._touched.bottom // BLOCK)
        for plane, told, size in zip(self.planes, self._told, SIZES, strict=True):
            part = slice(top * size, bottom * size), slice(left * size, right * size)
            other = plane[part] != told[part]
            told[part] = plane[part]
            other = np.pad(other, ((0, -len(other) % size), (0, 0)))
            blocks = other.reshape(bottom - top, size, right - left, size)
            found[top:bottom, left:right] |= blocks.any(axis=(1, 3))
        self._touched = None
        return found


def planes(frame: av.VideoFrame) -> tuple[Plane, Plane, Plane]:
    """A frame's own bytes: brightness, and twice colours of half the size."""
    y, u, v = map(_rows, frame.planes)
    return y, u, v


def _rows(plane: VideoPlane) -> Plane:
    found = np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)
    return found[:, : plane.width]


def _quarter(part: NDArray[np.uint16]) -> NDArray[np.int32]:
    """The sums of two by two pixels."""
    summed: NDArray[np.uint16] = part[::2, ::2] + part[1::2, ::2]
    summed += part[::2, 1::2] + part[1::2, 1::2]
    return summed.astype(np.int32)


def _colour(sums: NDArray[np.int32]) -> NDArray[np.int32]:
    return ((sums + 512) >> 10) + 128
