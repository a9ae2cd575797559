"""The picture as players want it: brightness and colours in planes, kept between frames."""

from typing import TypeAlias

import av
import numpy as np
from av.video.plane import VideoPlane
from av.video.reformatter import ColorRange, Colorspace
from numpy.typing import NDArray

from .region import ALL, HEIGHT, WIDTH, Region

Plane: TypeAlias = NDArray[np.uint8]
Pixels: TypeAlias = NDArray[np.uint8]
"""Rows of pixels of red, green, blue and an alpha that is not looked at."""
# As BT.709 has it, for the whole numbers of a byte; colours are those of four pixels together.
BLOCK = 16  # pixels: the macroblock of H.264
SIZES = (BLOCK, BLOCK // 2, BLOCK // 2)  # of a block in each plane
EIGHT = 8  # pixels of a row that are looked at as one number
COLUMNS, ROWS = WIDTH // BLOCK, -(-HEIGHT // BLOCK)
NOISE = 3  # of 255: nobody sees it, and half of a camera's blocks change by no more
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
        self._touched = [ALL]

    def put(self, region: Region, pixels: Pixels) -> None:
        """Show these pixels there."""
        self._touched.append(region)
        r, g, b = (pixels[:, :, n].astype(np.uint16) for n in range(3))
        self.y[region.slices] = ((KR * r + KG * g + KB * b + 128) >> 8) + 16
        red, green, blue = _quarter(r), _quarter(g), _quarter(b)
        self.u[region.halves] = _colour(UR * red + UG * green + UB * blue)
        self.v[region.halves] = _colour(VR * red + VG * green + VB * blue)

    def place(self, region: Region, frame: av.VideoFrame) -> None:
        """Show a picture of just this size there, in the format of ours."""
        self._touched.append(region)
        y, u, v = planes(frame)
        self.y[region.slices], self.u[region.halves], self.v[region.halves] = y, u, v

    def fill(self, region: Region) -> None:
        """Nothing is to be seen there."""
        self._touched.append(region)
        self.y[region.slices], self.u[region.halves], self.v[region.halves] = 16, 128, 128

    def news(self) -> NDArray[np.bool_]:
        """Which blocks of 16 by 16 pixels differ from what they were when they were told last."""
        found = np.zeros((ROWS, COLUMNS), np.bool_)
        for region in self._touched:
            self._compare(region, found)
        self._touched.clear()
        return found

    def _compare(self, region: Region, found: NDArray[np.bool_]) -> None:
        left, top = region.left // BLOCK, region.top // BLOCK
        right, bottom = -(-region.right // BLOCK), -(-region.bottom // BLOCK)
        both = list(zip(self.planes, self._told, SIZES, strict=True))
        parts = [(slice(top * n, bottom * n), slice(left * n, right * n)) for n in SIZES]
        here = np.zeros((bottom - top, right - left), np.bool_)
        for part, (plane, told, size) in zip(parts, both, strict=True):
            here |= _differing(plane[part], told[part], size)
        for part, (plane, told, size) in zip(parts, both, strict=True):
            now = plane[part].view(np.uint64)
            new = here.repeat(size, axis=0).repeat(size // EIGHT, axis=1)[: len(now)]
            np.copyto(told[part].view(np.uint64), now, where=new)
        found[top:bottom, left:right] |= here


def _differing(one: Plane, other: Plane, size: int) -> NDArray[np.bool_]:
    """Blocks in which something differs by more than the noise of a camera."""
    apart = np.maximum(one, other)
    apart -= np.minimum(one, other)
    eights = (apart > NOISE).view(np.uint64)
    rows = np.bitwise_or.reduceat(eights, range(0, len(eights), size), axis=0) > 0
    return np.asarray(rows if size == EIGHT else rows[:, ::2] | rows[:, 1::2])


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
