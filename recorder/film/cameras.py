"""Recorded pictures along the time line: what was to be seen of a camera at a moment."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import av
from av.error import FFmpegError
from av.video.frame import VideoFrame

from ..opener import opened

FAR = 10.0  # seconds that are leapt: there is a key frame between, which costs less than all
STALE = 3.0  # seconds without a picture: it is off, as signaling/sfu/tracks.py has it


class Reel(NamedTuple):
    """One file, and the lesson seconds of its first and last picture."""

    path: Path
    first: float
    last: float


class Camera:
    """Goes forward only; sizes may change from picture to picture."""

    def __init__(self, reels: Sequence[Reel]) -> None:
        self._reels = sorted(reels, key=lambda reel: reel.first)
        self._frames: Iterator[tuple[float, VideoFrame]] | None = None
        self._next: tuple[float, VideoFrame] | None = None
        self._seen: tuple[float, VideoFrame] | None = None
        self._asked = 0.0

    def at(self, second: float) -> VideoFrame | None:
        """The picture of this lesson second; None where there was none."""
        if self._frames is None or second - self._asked > FAR:
            self._frames, self._seen = self._decoded(second), None
            self._next = next(self._frames, None)
        self._asked = second
        while self._next is not None and self._next[0] <= second:
            self._seen, self._next = self._next, next(self._frames, None)
        if self._seen is None or second - self._seen[0] > STALE:
            return None
        return self._seen[1]

    def _decoded(self, begin: float) -> Iterator[tuple[float, VideoFrame]]:
        for reel in self._reels:
            if reel.last >= begin - STALE:
                yield from _pictures(reel, begin)


def _pictures(reel: Reel, begin: float) -> Iterator[tuple[float, VideoFrame]]:
    """From the key frame before ``begin`` on; what is damaged is passed over."""
    with opened(reel.path) as medium, av.open(medium, "r") as file:
        if not file.streams.video:
            return
        stream = file.streams.video[0]
        stream.codec_context.thread_count = 1  # others draw beside us
        if begin > reel.first:
            with suppress(FFmpegError):
                file.seek(round(begin * 1_000_000))
        for packet in file.demux(stream):
            try:
                frames = packet.decode()
            except FFmpegError:
                continue
            for frame in frames:
                if isinstance(frame, VideoFrame) and frame.time is not None:
                    yield frame.time, frame
