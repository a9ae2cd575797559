"""An hour as it comes to the recorder: clicks, flashes and strokes at the same lesson times.

The publisher's crystals are off, its line is lossy and queues up now and then; it is muted, sends
another size and another codec, leaves and comes back.  Time is ours: it goes as fast as it can.
"""

import heapq
import math
import random
from array import array
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import NamedTuple

import av
from av.audio.codeccontext import AudioCodecContext
from av.video.codeccontext import VideoCodecContext

from recorder.recordings import Recordings
from recorder.room import Room
from recorder.shelf import FileShelf
from synclass import wire
from synclass.channel import Command
from synclass.cli.benches.hour import TEACHER
from synclass.cli.benches.serving import LESSON
from synclass.conduct import Begin, End, Join, Open
from synclass.ink import Chain, encode
from synclass.marks import SEAT, Pen
from synclass.strokes import BeginStroke
from synclass.tape import Bell, Codec, Packets, Report, ToRecorder, ToWorker, TrackClosed
from synclass.tape import TrackOpened as Opened
from synclass.toolbox import new_lesson
from synclass.words import SYSTEM, Participant, TrackName

from . import studio

WHO = TEACHER.id
MOMENT = 30.0  # of each minute: a click, a flash and a stroke
FLASH = 0.6  # seconds
RATE = 48_000
FRAMES = 10  # pictures a second
GOP = 5.0  # seconds from a key frame to the next
BASE = 0.06  # seconds a packet is on its way at least
JITTER = 0.025
ENCODED = (0.06, 0.12)  # from a picture's moment to its first packet
QUEUE = (5.0, 9.0, 0.35)  # from and to in each third minute, seconds that its queue is long
LOST = 0.02
CRYSTAL = -60e-6  # of the publisher's machine
MICROPHONE = 90e-6  # of its sound card, on top of it
SIZE, LARGER = (160, 120), (240, 180)


class Plan(NamedTuple):
    """What happens in which minutes, from and not with."""

    minutes: int
    larger: tuple[int, int]
    muted: tuple[int, int]
    other_codec: tuple[int, int]
    away: tuple[int, int]


HOUR = Plan(60, (4, 8), (10, 40), (44, 48), (50, 52))
SHORT = Plan(7, (1, 2), (2, 4), (4, 5), (5, 6))


class Silent:
    """A media worker that lets itself be told things."""

    def tell(self, message: ToWorker) -> None: ...


class Line:
    """From a publisher's moment to when its packet comes in; None where it is lost."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        self._last = 0.0

    def arrives(self, sent: float) -> float | None:
        if self._dice.random() < LOST:
            return None
        begin, end, deep = QUEUE
        queued = deep if sent // 60 % 3 == 0 and begin <= sent % 60 < end else 0.0
        at = sent + BASE + queued + self._dice.uniform(0, JITTER)
        self._last = max(self._last, at)
        return self._last


def within(minute: float, span: tuple[int, int]) -> bool:
    return span[0] <= minute < span[1]


def write(data: Path, plan: Plan, seed: int) -> None:
    """The lesson's log: a stroke in each minute, sent when it is made, over such a line, too."""
    lesson, dice = new_lesson(), random.Random(seed)
    journal, pen = FileShelf(data).journal(LESSON), Pen("pen", 0, 12)
    asked: list[tuple[float, Participant, Command]] = [
        (0.0, SYSTEM, Open(1, 1.7e9, "boot:0", "分数的意义", "数学", "王老师")),
    ]
    asked += [(0.0, TEACHER, Join()), (0.1, TEACHER, Begin())]
    for minute in range(plan.minutes):
        at = 60 * minute + MOMENT + BASE + dice.uniform(0, JITTER)
        dot = encode(Chain(), [(100 * minute + 50, 50, 10)], first=True)
        asked.append((at, TEACHER, BeginStroke(SEAT + minute, 1, pen, dot, True)))
    for at, by, command in [*asked, (60.0 * plan.minutes, TEACHER, End())]:
        entries = lesson.decide(by, command, at)
        lesson.apply(entries)
        journal.append(wire.record(entries))
    journal.close()


def record(data: Path, plan: Plan, seed: int) -> None:
    recordings = Recordings(data, Room(data, 0), over=lambda folder: None)
    source, ticked = Silent(), 0.0
    for at, message in heapq.merge(*_streams(plan, seed), key=lambda pair: pair[0]):
        while ticked + 0.05 <= at:
            ticked += 0.05
            recordings.tick(1000 + ticked)
        recordings.take(message, source, 1000 + at)
    end = plan.minutes * 60.0
    recordings.take(Bell(LESSON), source, 1000 + end)


def _streams(plan: Plan, seed: int) -> Iterator[Iterator[tuple[float, ToRecorder]]]:
    came_back = plan.away[1]
    for first, last in ((0, plan.away[0]), (came_back, plan.minutes)):
        yield from (
            _spoken(plan, first, last, random.Random(seed + first)),
            _shown(plan, first, last, random.Random(seed + first + 1)),
        )


Timed = Iterator[tuple[float, ToRecorder]]


def _spoken(plan: Plan, first: int, last: int, dice: random.Random) -> Timed:
    """Minutes of voice: an RTP clock of its own, and a report each second or so."""
    line, ssrc, start = Line(dice), dice.getrandbits(31), dice.getrandbits(32)
    sounds, drift = a_minute_of_sound(), 1 + CRYSTAL + MICROPHONE
    yield 60.0 * first, Opened(LESSON, WHO, "voice", "opus")
    for n in range(first * 3000, last * 3000):
        sent, rtp = n / 50, (start + round(n * 960 * drift)) & 0xFFFFFFFF
        if within(sent / 60, plan.muted):
            continue
        if n % 53 == 0:
            yield from _report("voice", sent, rtp)
        packet = studio.rtp(n, rtp, sounds[n % 3000], ssrc=ssrc)
        yield from _packet("voice", line.arrives(sent), packet)
    yield 60.0 * last - 0.001, TrackClosed(LESSON, WHO, "voice")


def _shown(plan: Plan, first: int, last: int, dice: random.Random) -> Timed:
    """Minutes of pictures; each goes out a little after it was taken, as encoders need time."""
    line, start, seq, codec = Line(dice), dice.getrandbits(32), dice.getrandbits(15), ""
    for minute in range(first, last):
        wanted: Codec = "H264" if within(minute, plan.other_codec) else "VP8"
        if wanted != codec:
            codec, ssrc = wanted, dice.getrandbits(31)
            yield 60.0 * minute, Opened(LESSON, WHO, "camera", wanted)
        size = LARGER if within(minute, plan.larger) else SIZE
        for n, parts in enumerate(a_minute_of_pictures(wanted, size)):
            taken = 60 * minute + n / FRAMES
            rtp = (start + round(taken * 90_000 * (1 + CRYSTAL))) & 0xFFFFFFFF
            if n % 11 == 0:
                yield from _report("camera", taken, rtp)
            sent = taken + dice.uniform(*ENCODED)
            for payload, marker in parts:
                seq += 1
                packet = studio.rtp(seq, rtp, payload, marker=marker, ssrc=ssrc)
                yield from _packet("camera", line.arrives(sent), packet)
    yield 60.0 * last - 0.001, TrackClosed(LESSON, WHO, "camera")


def _packet(track: TrackName, at: float | None, packet: bytes) -> Timed:
    if at is not None:
        yield at, Packets(LESSON, WHO, track, [(at, packet)])


def _report(track: TrackName, sent: float, rtp: int) -> Timed:
    at = sent + BASE
    yield at, Report(LESSON, WHO, track, 3.9e9 + sent * (1 + CRYSTAL), rtp, at)


@cache
def a_minute_of_sound() -> list[bytes]:
    """Silence with a click of 10 ms, in packets of 20 ms."""
    coder = av.CodecContext.create("libopus", "w")
    assert isinstance(coder, AudioCodecContext)
    coder.sample_rate, coder.format, coder.layout, coder.bit_rate = RATE, "s16", "mono", 24_000
    begins, packets = round(MOMENT * RATE), list[bytes]()
    for at in range(0, 60 * RATE, 960):
        wave = array("h", bytes(1920))
        if begins <= at < begins + RATE // 100:
            wave[:480] = array("h", (round(20_000 * math.sin(n / 6)) for n in range(480)))
        frame = av.AudioFrame(format="s16", layout="mono", samples=960)
        frame.planes[0].update(wave.tobytes())
        frame.sample_rate, frame.pts = RATE, at
        packets += [bytes(packet) for packet in coder.encode(frame)]
    return packets


@cache
def a_minute_of_pictures(codec: Codec, size: tuple[int, int]) -> list[list[tuple[bytes, bool]]]:
    """Dark pictures and a flash of light ones, as payloads."""
    dark, flash = (
        _pictures(codec, size, light=0),
        _pictures(codec, size, light=round(FLASH * FRAMES)),
    )
    before = round(MOMENT / GOP)
    frames = [*dark * before, *flash, *dark * (round(60 / GOP) - before - 1)]
    if codec == "H264":
        return [list(studio.h264_payloads(data)) for data in frames]
    return [list(studio.vp8_payloads(data, n)) for n, data in enumerate(frames)]


def _pictures(codec: Codec, size: tuple[int, int], *, light: int) -> list[bytes]:
    """From a key frame to the next, the first so many light."""
    name = "libx264" if codec == "H264" else "libvpx"
    coder = av.CodecContext.create(name, "w")
    assert isinstance(coder, VideoCodecContext)
    coder.width, coder.height = size
    coder.pix_fmt, coder.time_base = "yuv420p", Fraction(1, FRAMES)
    coder.options, coder.gop_size = studio.FAST[name], 10 * FRAMES
    found = list[bytes]()
    for n in range(round(GOP * FRAMES)):
        frame = av.VideoFrame(*size, "yuv420p")
        for plane, value in zip(frame.planes, (220 if n < light else 30, 128, 128), strict=True):
            plane.update(bytes([value]) * plane.buffer_size)
        frame.pts, frame.time_base = n, Fraction(1, FRAMES)
        found += [bytes(packet) for packet in coder.encode(frame)]
    return found
