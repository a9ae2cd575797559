"""All voices of a lesson mixed at the times they were said; where nobody spoke is silence."""

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.audio.stream import AudioStream
from av.error import FFmpegError
from numpy.typing import NDArray

from ..opener import opened

RATE = 48_000  # samples a second
BLOCK = 1024  # samples: one packet of AAC
NEAR = RATE // 50  # samples by which a voice may be off before it is put where it belongs
LOUDEST = 0.97  # of full scale: two who speak at once are held below it

Sound = NDArray[np.float32]


class Voice:
    """One recorded file, read along the time line, and opened when it is time."""

    def __init__(self, path: Path, *, first: float, begins: float) -> None:
        """``first`` is the lesson second of its first sound, ``begins`` that of the film."""
        self._parts = _decoded(path, begins)
        self._first = round((first - begins) * RATE)
        self._at = 0
        self._part: Sound | None = None

    @property
    def ended(self) -> bool:
        return self._part is not None and not len(self._part)

    def add_to(self, block: Sound, start: int) -> None:
        """Mix in what lies between ``start`` and the block's end."""
        end = start + len(block)
        if self._first >= end + NEAR:
            return
        if self._part is None:
            self._next()
        while self._part is not None and len(self._part) and self._at < end:
            skipped = max(0, start - self._at)
            taken = min(len(self._part), end - self._at)
            if taken > skipped:
                here = self._at + skipped - start
                block[here : here + taken - skipped] += self._part[skipped:taken]
            self._part, self._at = self._part[taken:], self._at + taken
            if not len(self._part):
                self._next()

    def _next(self) -> None:
        """The next piece: behind the one before, if it belongs there but for a rounding."""
        at, self._part = next(self._parts, (0, np.zeros(0, np.float32)))
        if abs(at - self._at) > NEAR:
            self._at = at


def mixed(voices: Sequence[Voice], lasts: float) -> Iterator[Sound]:
    """Blocks of samples from the film's first moment to its last."""
    waiting = list(voices)
    for start in range(0, round(lasts * RATE), BLOCK):
        block = np.zeros(BLOCK, np.float32)
        for voice in waiting:
            voice.add_to(block, start)
        waiting = [voice for voice in waiting if not voice.ended]
        yield np.clip(block, -LOUDEST, LOUDEST)


def _decoded(path: Path, begins: float) -> Iterator[tuple[int, Sound]]:
    """(sample of the film, sound) piece by piece; a damaged piece is passed over."""
    to_ours = av.AudioResampler(format="flt", layout="mono", rate=RATE)
    with opened(path) as medium, av.open(medium, "r") as file:
        if not file.streams.audio:
            return
        decoder = _decoder(file.streams.audio[0])
        for packet in file.demux(file.streams.audio[0]):
            try:
                frames = list(chain.from_iterable(map(to_ours.resample, decoder.decode(packet))))
            except FFmpegError:
                continue
            for frame in frames:
                if frame.pts is not None and frame.time_base is not None:
                    at = round((float(frame.pts * frame.time_base) - begins) * RATE)
                    yield at, frame.to_ndarray().reshape(-1).astype(np.float32, copy=False)


def _decoder(voice: AudioStream) -> AudioCodecContext:
    """libopus: FFmpeg's own decoder is up to 25 dB off where SILK frames share a packet."""
    decoder = AudioCodecContext.create("libopus", "r")
    decoder.sample_rate, decoder.layout = RATE, voice.codec_context.layout
    decoder.extradata = voice.codec_context.extradata
    return decoder
