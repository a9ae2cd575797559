"""Records a lesson as fast as it can, in a process of its own: what that costs, and what it keeps.

The recorder's own code is given the tape's messages and the lesson's time; only the clock runs
faster than a class.
"""

import logging
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from secrets import token_bytes
from typing import Literal

import msgspec
import structlog
from msgspec import Struct

from recorder.notary import Notary
from recorder.recordings import Recordings
from recorder.room import Room
from recorder.shelf import lesson_folder, media_folder
from synclass.tape import Bell, Packets, Report, ToRecorder, ToWorker, TrackClosed, TrackOpened

from ...words import LessonId, TrackName
from . import lecture
from .hour import TEACHER

LESSON = LessonId("hour")
BATCH = 0.2  # seconds of packets in a message
TICK = 0.05  # seconds, as the recorder's process has it
REPORTS = 5.0  # seconds between two reports of the publisher
EARLY = 600.0  # seconds after which memory is looked at for the first time
COMMITTED = 10.0  # seconds before the bell: what is older is long on the disk in a class
MTU = 1100  # bytes of a packet of the camera
Kind = Literal["voice", "steady", "video"]
"""A voice with its pauses; one without, of packets of one size; with pauses, and a camera."""
PAGE = os.sysconf("SC_PAGE_SIZE")


class Taped(Struct, frozen=True):
    ready_s: float
    """From the bell to the signed manifest."""
    cpu_ms_per_recorded_minute: float
    rss_10min_mb: float
    """Of the recorder's process; of a shorter lesson from half of it on."""
    rss_end_mb: float


class Track(Struct):
    """What is published again and again: RTP payloads with their times and the marker."""

    name: TrackName
    codec: lecture.Codec
    rate: int
    loop: list[list[bytes]]
    """Of each frame its payloads; none where nothing is sent."""
    step: float
    """Seconds between two frames."""
    number: int = 0

    def packets(self, first: int, last: int) -> Iterator[tuple[float, bytes]]:
        """Those of the frames from ``first`` up to ``last``."""
        for n, payloads in enumerate(islice(cycle(self.loop), first, last), first):
            for k, payload in enumerate(payloads):
                self.number += 1
                yield n * self.step, self._rtp(n, payload, last=k == len(payloads) - 1)

    def time(self, n: int) -> int:
        return round(n * self.step * self.rate) & 0xFFFFFFFF

    def _rtp(self, n: int, payload: bytes, *, last: bool) -> bytes:
        marker = 0x80 if last and self.codec != "opus" else 0
        head = bytes((0x80, 111 | marker)) + (self.number & 0xFFFF).to_bytes(2)
        return head + self.time(n).to_bytes(4) + len(self.name).to_bytes(4) + payload


class _Worker:
    """A media worker of whom nothing is wanted."""

    def tell(self, message: ToWorker) -> None:
        return


class _Class:
    """The lesson as the recorder sees it come."""

    def __init__(self, data: Path, tracks: list[Track]) -> None:
        self._notary = Notary(data, token_bytes(32), time.time)
        self._folder = lesson_folder(data, LESSON)
        self._recordings = Recordings(data, Room(data, 0), over=self._sign)
        self._media, self._tracks, self._worker = media_folder(data, LESSON), tracks, _Worker()

    def go(self, seconds: float) -> Taped:
        """The whole lesson, from its first packet to the manifest."""
        began, early = time.process_time(), 0.0
        for track in self._tracks:
            self._say(TrackOpened(LESSON, TEACHER.id, track.name, track.codec), 0.0)
        for n in range(round(seconds / BATCH)):
            self._batch(n * BATCH)
            if n * BATCH >= min(EARLY, seconds / 2) and not early:
                early = resident()
            if n == round((seconds - COMMITTED) / BATCH):
                self._commit()
        used, late = time.process_time() - began, resident()
        for track in self._tracks:
            self._say(TrackClosed(LESSON, TEACHER.id, track.name), seconds)
        rang = time.perf_counter()
        self._say(Bell(LESSON), seconds)
        ready = time.perf_counter() - rang
        return Taped(ready, used * 60_000 / seconds, early, late)

    def _batch(self, at: float) -> None:
        for track in self._tracks:
            first, last = (round(t / track.step) for t in (at, at + BATCH))
            packets = list(track.packets(first, last))
            self._say(Packets(LESSON, TEACHER.id, track.name, packets), at + BATCH)
            if at % REPORTS < BATCH:
                report = Report(
                    LESSON, TEACHER.id, track.name, at, track.time(round(at / track.step)), at
                )
                self._say(report, at + BATCH)
        for k in range(round(BATCH / TICK)):
            self._recordings.tick(at + BATCH + k * TICK)

    def _sign(self, _: str) -> None:
        self._notary.attest(self._folder)

    def _say(self, message: ToRecorder, now: float) -> None:
        self._recordings.take(message, self._worker, now)

    def _commit(self) -> None:
        """What a class has had on its disk for long when the bell rings."""
        for path in self._media.iterdir():
            with path.open("rb") as file:
                os.fdatasync(file.fileno())


def tape(data: Path, seconds: float, kind: Kind) -> Taped:
    """Record so many seconds below ``data``, by a process that does nothing else."""
    words = (sys.executable, "-m", __name__, str(data), str(seconds), kind)
    told = subprocess.run(words, stdout=subprocess.PIPE, check=True).stdout
    return msgspec.json.decode(told, type=Taped)


def resident() -> float:
    """MB of memory of this process, now (proc(5), statm)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE / 1e6


def published(kind: Kind, seconds: float) -> list[Track]:
    voice = lecture.voice(steady=kind == "steady", lasts=min(seconds, lecture.LASTS))
    sounds = [[packet] if packet else [] for packet in voice]
    tracks = [Track("voice", "opus", 48_000, sounds, 0.02)]
    if kind == "video":
        pictures = [_payloads(picture) for picture in lecture.camera()]
        tracks.append(Track("camera", "VP8", 90_000, pictures, 1 / lecture.PER_SECOND))
    return tracks


def _payloads(picture: bytes) -> list[bytes]:
    """Each with its descriptor: whether a partition begins with it (RFC 7741 §4.2)."""
    cut = range(0, len(picture), MTU)
    return [(b"\0" if at else b"\x10") + picture[at : at + MTU] for at in cut]


def main(data: str, seconds: str, kind: Kind) -> None:
    """To stdout what it took, and nothing else."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    told = _Class(Path(data), published(kind, float(seconds))).go(float(seconds))
    sys.stdout.buffer.write(msgspec.json.encode(told))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], msgspec.convert(sys.argv[3], Kind))
