"""Encodes what every player knows: H.264 and AAC, each part of a film a file of its own."""

from fractions import Fraction
from pathlib import Path
from typing import Self

import av
from av.audio.frame import AudioFrame
from av.video.frame import PictureType, VideoFrame

from .region import HEIGHT, WIDTH
from .voices import BLOCK, RATE, Sound

TICKS = 600  # of the film's clock to a second: any rate of ours is a whole number of them
KEY_EVERY = 10.0  # seconds between key frames: the longest way to a place to seek to
SOUND_BPS = 64_000  # speech of one channel, as it was
QUALITY = 24  # of H.264, 0 to 51: ink is clean
FAST = {
    "preset": "ultrafast",  # 8 ms for a picture that stands still but for ink; superfast takes 12
    "qp": str(QUALITY),
    "threads": "2",
    "x264-params": "bframes=0:keyint=infinite",
}


class Pictures:
    """Writes one part of the pictures; what is not finished is not kept."""

    def __init__(self, path: Path) -> None:
        self._path, self._aside = path, path.with_suffix(".part")
        self._file = av.open(str(self._aside), "w", format="mp4")
        self._coder = self._file.add_stream("libx264", rate=TICKS, options=FAST)
        self._coder.width, self._coder.height, self._coder.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        self._coder.time_base = self._coder.codec_context.time_base = Fraction(1, TICKS)
        context = self._coder.codec_context
        context.colorspace = context.color_primaries = context.color_trc = 1  # BT.709
        context.color_range = 1  # 16..235
        self._key_at = -KEY_EVERY

    def __enter__(self) -> Self:
        return self

    def __exit__(self, failed: object, *_: object) -> None:
        if failed:
            self._file.close()
            self._aside.unlink(missing_ok=True)
            return
        self._file.mux(self._coder.encode(None))
        self._file.close()
        self._aside.rename(self._path)

    def add(self, frame: VideoFrame, at: float) -> None:
        """The picture from this second of the part on."""
        key = at - self._key_at >= KEY_EVERY
        self._key_at = at if key else self._key_at
        frame.pts, frame.time_base = round(at * TICKS), Fraction(1, TICKS)
        frame.pict_type = PictureType.I if key else PictureType.NONE
        self._file.mux(self._coder.encode(frame))


class Sounds:
    """Writes the sound of a film."""

    def __init__(self, path: Path) -> None:
        self._path, self._aside = path, path.with_suffix(".part")
        self._file = av.open(str(self._aside), "w", format="mp4")
        self._coder = self._file.add_stream("aac", rate=RATE, layout="mono")
        self._coder.bit_rate = SOUND_BPS
        self._at = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, failed: object, *_: object) -> None:
        if failed:
            self._file.close()
            self._aside.unlink(missing_ok=True)
            return
        self._file.mux(self._coder.encode(None))
        self._file.close()
        self._aside.rename(self._path)

    def add(self, block: Sound) -> None:
        frame = AudioFrame(format="fltp", layout="mono", samples=BLOCK)
        frame.planes[0].update(block.tobytes())
        frame.sample_rate, frame.pts, frame.time_base = RATE, self._at, Fraction(1, RATE)
        self._at += BLOCK
        self._file.mux(self._coder.encode(frame))
