"""Encodes the blocks of a picture that are new, row by row, each run as a picture of its own."""

from collections.abc import Iterator
from fractions import Fraction

import av
import numpy as np
from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType
from numpy.typing import NDArray

from . import slices
from .screen import BLOCK, COLUMNS, Screen, planes
from .slices import Piece

QUALITY = 24  # of H.264, 0 to 51: ink is clean
FAST = {
    "preset": "ultrafast",
    "profile": "baseline",
    "level": "4.1",  # of the film: what a player must be able to do
    "qp": str(QUALITY),
    "threads": "1",
    "forced-idr": "1",
    "x264-params": "bframes=0:keyint=infinite:scenecut=0:force-cfr=1",  # cfr: nothing held back
}
NEAR = 2  # blocks as they were, between two that are new: a slice of its own costs more


class Tiles:
    """The encoders of small pictures, one for each width that was ever new."""

    def __init__(self) -> None:
        self._tiles: dict[int, _Tile] = {}

    def pieces(self, screen: Screen, new: NDArray[np.bool_]) -> list[tuple[int, int, Piece]]:
        """Of each run of new blocks its first one, how many they are, and their slice."""
        found = []
        for row in np.flatnonzero(new.any(axis=1)):
            for start, width in _runs(np.flatnonzero(new[row])):
                piece = self._tile(width).piece(screen, int(row), start)
                found.append((int(row) * COLUMNS + start, width, piece))
        return found

    def _tile(self, width: int) -> "_Tile":
        if width not in self._tiles:
            self._tiles[width] = _Tile(width)
        return self._tiles[width]


class _Tile:
    def __init__(self, width: int) -> None:
        self._frame = av.VideoFrame(width * BLOCK, BLOCK, "yuv420p")
        self._planes = planes(self._frame)
        coder = av.CodecContext.create("libx264", "w")
        assert isinstance(coder, VideoCodecContext)
        coder.width, coder.height, coder.pix_fmt = width * BLOCK, BLOCK, "yuv420p"
        coder.time_base, coder.framerate, coder.options = Fraction(1, 30), Fraction(30), FAST
        self._coder, self._count = coder, 0
        self._setup: slices.Setup | None = None

    def piece(self, screen: Screen, row: int, start: int) -> Piece:
        """Blocks of one row, from the start-th on."""
        for to, plane, size in zip(
            self._planes,
            (screen.y, screen.u, screen.v),
            (BLOCK, BLOCK // 2, BLOCK // 2),
            strict=True,
        ):
            part = plane[row * size : (row + 1) * size, start * size : start * size + to.shape[1]]
            to[: len(part)] = part
            to[len(part) :] = part[-1]
        self._frame.pts, self._frame.pict_type = self._count, PictureType.I
        self._count += 1
        (packet,) = self._coder.encode(self._frame)
        found = {unit[0] & 31: unit for unit in slices.units(bytes(packet))}
        if self._setup is None:
            self._setup = slices.setup(found[slices.SPS], found[slices.PPS])
        return slices.piece(found[slices.IDR], self._setup)


def _runs(columns: NDArray[np.intp]) -> Iterator[tuple[int, int]]:
    """(first, width) of runs that hold these columns, each as wide as some encoder."""
    """(first, how many) of runs that hold these columns."""
    first = last = int(columns[0])
    for column in map(int, columns):
        if column - last > NEAR + 1:
            yield first, last - first + 1
            first = column
        last = column
    yield first, last - first + 1
