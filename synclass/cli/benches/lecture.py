"""A teacher made of numbers: phrases, breaths and pauses, as a browser encodes them; a camera."""

import random
from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.video.codeccontext import VideoCodecContext
from numpy.typing import NDArray

RATE, SAMPLES = 48_000, 960
BPS = 16_000  # of the voice
CAMERA_BPS = 1_000_000
SIZE, PER_SECOND = (640, 360), 15  # of the camera
SEED = 20261127
LASTS = 120.0  # seconds that are encoded, and then said again: an hour would take a minute
LOOP = 10  # seconds of the camera, likewise
SYLLABLE = 0.19  # seconds
BEFORE_DTX, DTX = 10, 20  # packets of silence until none is sent but each 20th, as libopus does
SPEAKS = 0x80  # of a frame's first byte: the encoder has heard a voice (RFC 6716 §4.2.3)
FANS = 10.0  # of 32,768: a classroom is never still
Sound = NDArray[np.float32]
Codec = Literal["opus", "VP8"]


def voice(*, steady: bool = False, lasts: float = LASTS) -> list[bytes]:
    """Packets of 20 ms, empty where none is sent; ``steady``: without a pause, of one size."""
    silent, sent = 0, list[bytes]()
    for packet in _encoded(_sound(lasts, steady=steady), steady=steady):
        silent = 0 if steady or packet[1] & SPEAKS else silent + 1
        resting = silent > BEFORE_DTX and (silent - BEFORE_DTX) % DTX
        sent.append(b"" if resting else packet)
    return sent


def camera() -> list[bytes]:
    """Pictures of VP8, of which the first is whole: noise that moves, for that is what fills."""
    coder = av.CodecContext.create("libvpx", "w")
    assert isinstance(coder, VideoCodecContext)
    coder.width, coder.height = SIZE
    coder.pix_fmt, coder.time_base, coder.bit_rate = "yuv420p", Fraction(1, PER_SECOND), CAMERA_BPS
    coder.gop_size = LOOP * PER_SECOND
    coder.options = {"deadline": "realtime", "cpu-used": "8", "lag-in-frames": "0"}
    return [bytes(packet) for frame in _pictures() for packet in coder.encode(frame)]


def _pictures() -> Iterator[av.VideoFrame]:
    dice = np.random.default_rng(SEED)
    width, height = SIZE
    still = (
        dice.integers(60, 200, (height * 3 // 24, width // 8), np.uint8).repeat(12, 0).repeat(8, 1)
    )
    for n in range(LOOP * PER_SECOND):
        noise = dice.integers(0, 8, still.shape, np.uint8)
        frame = av.VideoFrame.from_ndarray(np.roll(still, 2 * n, 1) + noise, format="yuv420p")
        frame.pts, frame.time_base = n, Fraction(1, PER_SECOND)
        yield frame


def _encoded(sound: Sound, *, steady: bool) -> Iterator[bytes]:
    coder = av.CodecContext.create("libopus", "w")
    assert isinstance(coder, AudioCodecContext)
    coder.sample_rate, coder.format, coder.layout, coder.bit_rate = RATE, "s16", "mono", BPS
    told = {"vbr": "off" if steady else "on"}
    coder.options = {"application": "voip", "frame_duration": "20", **told}
    for at in range(0, len(sound) // SAMPLES * SAMPLES, SAMPLES):
        frame = av.AudioFrame(format="s16", layout="mono", samples=SAMPLES)
        frame.planes[0].update(sound[at : at + SAMPLES].astype(np.int16).tobytes())
        frame.sample_rate, frame.pts = RATE, at
        yield from (bytes(packet) for packet in coder.encode(frame))


def _sound(lasts: float, *, steady: bool) -> Sound:
    dice, parts, length = random.Random(SEED), list[Sound](), 0
    while length < lasts * RATE:
        parts += _phrase(dice) if steady else [*_phrase(dice), _breath(dice), _pause(dice)]
        length = sum(map(len, parts))
    sound = np.concatenate(parts)
    fans = np.random.default_rng(SEED).normal(0, FANS, len(sound))
    return np.clip(sound + fans, -32_768, 32_767).astype(np.float32)


def _phrase(dice: random.Random) -> list[Sound]:
    return [_syllable(dice) for _ in range(dice.randrange(6, 22))]


def _syllable(dice: random.Random) -> Sound:
    """A hiss, and a tone whose pitch moves, with two formants."""
    count = round(dice.uniform(0.8, 1.3) * SYLLABLE * RATE)
    t = np.arange(count) / RATE
    low, high = dice.uniform(180, 300), dice.uniform(180, 300)
    phase = 2 * np.pi * np.cumsum(np.linspace(low, high, count)) / RATE
    first, second = dice.uniform(350, 900), dice.uniform(1000, 2600)
    tone = sum(_weight(n * low, first, second) * np.sin(n * phase) for n in range(1, 16))
    hiss = np.random.default_rng(dice.randrange(1 << 30)).normal(0, 0.5, count) * (t < 0.04)
    loud = np.sin(np.pi * np.linspace(0, 1, count)) ** 0.7
    return ((4000 * tone * loud + 3000 * hiss) * dice.uniform(0.5, 1.0)).astype(np.float32)


def _weight(hertz: float, first: float, second: float) -> float:
    near = (1 / (1 + ((hertz - formant) / 150) ** 2) for formant in (first, second))
    return sum(near) + 0.05


def _breath(dice: random.Random) -> Sound:
    count = round(dice.uniform(0.2, 0.4) * RATE)
    noise = np.random.default_rng(dice.randrange(1 << 30)).normal(0, 200, count)
    return (noise * np.sin(np.pi * np.linspace(0, 1, count))).astype(np.float32)


def _pause(dice: random.Random) -> Sound:
    return np.zeros(round(dice.uniform(0.2, 2.0) * RATE), np.float32)
