"""Encodes what every player knows: H.264 and AAC, each part of a film a file of its own."""

from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self

import av
from av.audio.frame import AudioFrame
from av.packet import Packet
from av.video.frame import PictureType

from . import slices
from .region import HEIGHT, WIDTH
from .screen import COLUMNS, ROWS, Screen
from .tiles import FAST, Tiles
from .voices import BLOCK, RATE, Sound

TICKS = 600  # of the film's clock to a second: any rate of ours is a whole number of them
KEY_EVERY = 10.0  # seconds between key frames: the longest way to a place to seek to
MOST_NEW = 2000  # blocks: beyond a quarter of them the whole picture is as cheap
SOUND_BPS = 64_000  # speech of one channel, as it was; FFmpeg's quicker search takes twice that


class _Part:
    """A file that is there whole or not at all."""

    def __init__(self, path: Path) -> None:
        self._path, self._aside = path, path.with_suffix(".part")
        self._file = av.open(str(self._aside), "w", format="mp4")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failed: object, trace: TracebackType | None
    ) -> None:
        whole = False
        try:
            if kind is None:
                self._end()
            self._file.close()
            whole = kind is None
        finally:
            if whole:
                self._aside.rename(self._path)
            else:
                self._aside.unlink(missing_ok=True)

    def _end(self) -> None:
        """Write what is still held back."""


class Pictures(_Part):
    """One part of the pictures: whole ones now and then, and between them what is new."""

    def __init__(self, path: Path, tiles: Tiles) -> None:
        super().__init__(path)
        self._tiles = tiles
        self._coder = self._file.add_stream("libx264", rate=30, options=FAST)
        self._coder.width, self._coder.height, self._coder.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        context = self._coder.codec_context
        self._coder.time_base = context.time_base = Fraction(1, TICKS)
        context.colorspace = context.color_primaries = context.color_trc = 1  # BT.709
        context.color_range = 1  # 16..235
        context.open()
        self._setup = slices.setup(*slices.units(context.extradata or b"")[:2])
        self._key_at = -KEY_EVERY
        self._since = 0

    def add(self, screen: Screen, at: float) -> None:
        """The picture from this second of the part on."""
        new = screen.news()
        if at - self._key_at >= KEY_EVERY or int(new.sum()) > MOST_NEW:
            self._key_at, self._since = at, 0
            frame = screen.frame
            frame.pts, frame.time_base = round(at * TICKS), Fraction(1, TICKS)
            frame.pict_type = PictureType.I
            self._file.mux(self._coder.encode(frame))
            return
        self._since += 1
        pieces = self._tiles.pieces(screen, new)
        data = slices.picture(pieces, COLUMNS * ROWS, self._since, self._setup)
        packet = Packet(data)
        packet.pts = packet.dts = round(at * TICKS)
        packet.time_base, packet.stream = Fraction(1, TICKS), self._coder
        self._file.mux(packet)


class Sounds(_Part):
    """The sound of a film."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._coder = self._file.add_stream("aac", rate=RATE, layout="mono")
        self._coder.bit_rate = SOUND_BPS
        self._at = 0

    def add(self, block: Sound) -> None:
        frame = AudioFrame(format="fltp", layout="mono", samples=BLOCK)
        frame.planes[0].update(block.tobytes())
        frame.sample_rate, frame.pts, frame.time_base = RATE, self._at, Fraction(1, RATE)
        self._at += BLOCK
        self._file.mux(self._coder.encode(frame))

    def _end(self) -> None:
        self._file.mux(self._coder.encode(None))
