"""The recorder as a process: killed, told nonsense, out of room; what was kept stays playable."""

import json
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

from recorder.opener import opened
from recorder.shelf import FileShelf
from synclass.framing import Deframer, frame
from synclass.ports import TrackFile
from synclass.tape import (
    Bell,
    KeyframeWanted,
    Packets,
    ToRecorder,
    TrackClosed,
    TrackOpened,
    encode,
    for_worker,
)
from synclass.words import LessonId, ParticipantId, TrackName

from . import studio

LESSON, WHO = LessonId("l1"), ParticipantId("the teacher/../..")
RECORDER = """
import asyncio, signal, sys
from recorder.process import RecorderSettings, run
async def main():
    settings = RecorderSettings(socket=sys.argv[1], data=sys.argv[2], seal=bytes(32))
    task = asyncio.ensure_future(run(settings))
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    try:
        await task
    except asyncio.CancelledError:
        pass
asyncio.run(main())
"""


@cache
def sounds() -> list[bytes]:
    return studio.opus_tone(8)


@cache
def pictures() -> list[bytes]:
    return studio.vp8(200, key_every=250)


class Room:
    """A recorder process, and a media worker's end of its tape."""

    def __init__(self, data: Path) -> None:
        self.data, self.socket = data, str(data.parent / "tape.sock")
        command = [sys.executable, "-c", RECORDER, self.socket, str(data)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.origin = time.monotonic()

    def worker(self) -> socket.socket:
        until = time.monotonic() + 10
        while True:
            line = socket.socket(socket.AF_UNIX)
            try:
                line.connect(self.socket)
                return line
            except OSError:
                line.close()
                assert time.monotonic() < until
                time.sleep(0.02)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        self.process.send_signal(how)
        self.process.communicate(timeout=10)

    def tracks(self) -> dict[str, TrackFile]:
        return {
            track.name.partition(".")[2]: track for track in FileShelf(self.data).tracks(LESSON)
        }

    def probe(self, track: TrackFile) -> int:
        """Packets in a file, as ffprobe counts them."""
        path = FileShelf(self.data).media(LESSON, track.name)
        command = ["ffprobe", "-v", "error", "-count_packets", "-show_streams", "-of", "json"]
        assert path is not None
        with opened(path) as file:
            done = subprocess.run(
                [*command, "-"], input=file.read(), capture_output=True, check=True
            )
        assert done.stderr == b""
        return int(json.loads(done.stdout)["streams"][0]["nb_read_packets"])


@contextmanager
def room(data: Path) -> Iterator[Room]:
    found = Room(data)
    try:
        yield found
    finally:
        found.process.kill()
        found.process.communicate()


def say(line: socket.socket, *messages: ToRecorder) -> None:
    line.sendall(b"".join(frame(encode(message)) for message in messages))


def hang_up(line: socket.socket) -> None:
    """Say no more, and wait until the recorder has heard everything."""
    line.shutdown(socket.SHUT_WR)
    while line.recv(4096):
        pass
    line.close()


def open_tracks(line: socket.socket, *, locked: bool = False) -> None:
    say(line, TrackOpened(LESSON, WHO, "voice", "opus", locked))
    say(line, TrackOpened(LESSON, WHO, "camera", "VP8", locked))


def teach(room: Room, line: socket.socket, seconds: float) -> float:
    """Send voice and camera live for so long; the lesson second of the last packet."""
    ready: list[tuple[TrackName, tuple[float, bytes]]] = []
    ready += [("voice", p) for p in studio.sound_packets(sounds(), start=0)]
    ready += [("camera", p) for p in studio.vp8_packets(pictures(), start=0)]
    begin = time.monotonic()
    at = 0.0
    for track, (when, packet) in sorted(ready, key=lambda one: one[1][0]):
        if when > seconds:
            break
        time.sleep(max(0.0, begin + when - time.monotonic()))
        at = time.monotonic() - room.origin
        say(line, Packets(LESSON, WHO, track, [(at, packet)]))
    return at


@pytest.mark.parametrize("seed", range(4))
def test_kill_9_costs_at_most_half_a_second_and_the_files_open(tmp_path: Path, seed: int) -> None:
    seconds, locked = random.Random(seed).uniform(1.0, 3.0), seed % 2 == 1
    with room(tmp_path / "data") as killed:
        line = killed.worker()
        open_tracks(line, locked=locked)
        last = teach(killed, line, seconds)
        killed.stop(signal.SIGKILL)
        for track in killed.tracks().values():
            assert track.live
            assert track.ends_ms >= last * 1000 - 500
            assert killed.probe(track) > 20
    with room(tmp_path / "data") as again:
        line = again.worker()
        mended = again.tracks()
        assert sorted(mended) == ["camera.1.webm", "voice.1.webm"]
        for track in mended.values():
            assert not track.live
            assert track.ends_ms >= last * 1000 - 500
            assert again.probe(track) > 20
        open_tracks(line, locked=locked)
        teach(again, line, 0.5)
        say(line, Bell(LESSON))
        hang_up(line)
        again.stop()
        assert sorted(again.tracks()) == [
            "camera.1.webm",
            "camera.2.webm",
            "voice.1.webm",
            "voice.2.webm",
        ]
        print("lost ms", {name: round(last * 1000) - t.ends_ms for name, t in mended.items()})


def test_a_worker_that_talks_nonsense_loses_its_connection_and_no_other(tmp_path: Path) -> None:
    with room(tmp_path / "data") as here:
        good = here.worker()
        open_tracks(good)
        nonsense: list[bytes] = [
            b"\xff\xff\xff\xff",
            frame(b"\xc1"),
            frame(encode(TrackOpened("", WHO, "voice", "opus"))),
            frame(encode(TrackOpened(LESSON, ParticipantId("x" * 999), "voice", "opus"))),
            frame(encode(Packets(LESSON, WHO, "voice", [(0.0, b"no packet")]))),
            frame(encode(Packets(LESSON, WHO, "voice", [(float("nan"), b"")]))),
        ]
        for bad in nonsense:
            line = here.worker()
            line.sendall(bad)
            assert line.recv(1) == b""
            line.close()
        teach(here, good, 1.0)
        say(good, TrackClosed(LESSON, WHO, "voice"), TrackClosed(LESSON, WHO, "camera"))
        hang_up(good)
        here.stop()
        tracks = here.tracks()
        assert [track.live for track in tracks.values()] == [False, False]
        assert here.probe(tracks["voice.1.webm"]) == 51


def test_a_key_frame_is_asked_of_the_worker_that_has_the_camera(tmp_path: Path) -> None:
    with room(tmp_path / "data") as here:
        line = here.worker()
        open_tracks(line)
        packets = studio.vp8_packets(pictures()[1:3], start=0.1)
        say(line, Packets(LESSON, WHO, "camera", packets))
        (message,) = Deframer().feed(line.recv(1000))
        assert for_worker(message) == KeyframeWanted(LESSON, WHO, "camera")


def test_a_worker_that_comes_back_goes_on_in_the_same_file(tmp_path: Path) -> None:
    with room(tmp_path / "data") as here:
        first = here.worker()
        open_tracks(first)
        say(first, Packets(LESSON, WHO, "voice", studio.sound_packets(sounds()[:50], start=0)))
        hang_up(first)
        second = here.worker()
        open_tracks(second)
        packets = studio.sound_packets(sounds(), start=0)[60:100]
        say(second, Packets(LESSON, WHO, "voice", packets), Bell(LESSON))
        hang_up(second)
        here.stop()
        (track,) = here.tracks().values()
        assert (track.name.endswith("voice.1.webm"), track.ends_ms) == (True, 2000)


def test_a_stopped_recorder_finishes_its_files(tmp_path: Path) -> None:
    with room(tmp_path / "data") as here:
        line = here.worker()
        open_tracks(line)
        last = teach(here, line, 1.0)
        hang_up(line)
        here.stop()
        for track in here.tracks().values():
            assert not track.live
            assert track.ends_ms >= last * 1000


def test_there_is_one_recorder_to_a_data_folder(tmp_path: Path) -> None:
    with room(tmp_path / "data") as first:
        first.worker().close()
        with room(tmp_path / "data") as second:
            assert second.process.wait(10) != 0
        first.worker().close()
