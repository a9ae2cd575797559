"""Something like speech in Opus packets, and what a decoder makes of them."""

import math
import random
from array import array
from collections.abc import Iterable
from fractions import Fraction
from functools import cache

import av

HZ = 48000


@cache
def spoken(seconds: int = 8, bps: int = 20_000, rate: int = HZ) -> tuple[bytes, ...]:
    """20 ms packets of a tone that comes and goes in a little noise."""
    coder = av.AudioCodecContext.create("libopus", "w")
    coder.sample_rate, coder.layout, coder.format = rate, "mono", "s16"
    coder.bit_rate, coder.time_base = bps, Fraction(1, rate)
    coder.options = {"application": "voip", "frame_duration": "20", "vbr": "on"}
    packets: list[bytes] = []
    for at in range(0, rate * seconds, rate // 50):
        frame = av.AudioFrame("s16", "mono", rate // 50)
        frame.planes[0].update(_sound(at, rate).tobytes())
        frame.sample_rate, frame.pts, frame.time_base = rate, at, Fraction(1, rate)
        packets += [bytes(packet) for packet in coder.encode(frame)]
    return tuple(packets)


def _sound(at: int, rate: int) -> "array[int]":
    dice = random.Random(at)
    piece = array("h")
    for n in range(at, at + rate // 50):
        loud = math.sin(2 * math.pi * 0.7 * n / rate) > 0
        tone = 8000 * math.sin(2 * math.pi * 220 * n / rate) if loud else 0
        piece.append(int(tone + dice.gauss(0, 300)))
    return piece


def heard(packets: Iterable[bytes]) -> bytes:
    """Samples, as libopus makes them.

    FFmpeg's own decoder is not exact on packets of several frames: wrong by 0.22 of full scale.
    """
    decoder = av.AudioCodecContext.create("libopus", "r")
    decoder.sample_rate, decoder.layout = HZ, "mono"
    frames = [frame for packet in packets for frame in decoder.decode(av.Packet(packet))]
    return b"".join(
        bytes(frame.planes[0])[: frame.samples * frame.format.bytes] for frame in frames
    )
