"""A full disk ends a file with what was whole; a room for more begins another."""

import os
import subprocess
from pathlib import Path

import pytest

from recorder import sums
from recorder.frames import Setup
from recorder.lines import Block
from recorder.mend import scan, unfinished
from recorder.reserve import Reserve
from recorder.shelf import FileShelf
from recorder.take import Take, index_path
from synclass.errors import Unavailable
from synclass.tape import Codec

from . import studio
from .test_deck import LESSON, deck, play, probe
from .test_journal import tiny_disk

__all__ = ["tiny_disk"]

SOUND = Setup("opus", channels=1)


def fill(disk: Path, *, leave: int) -> None:
    """Let so many bytes of room stay on a disk."""
    room = os.statvfs(disk)
    (disk / "filler").write_bytes(bytes(room.f_bavail * room.f_frsize - leave))


@pytest.mark.parametrize("codec", ["opus", "VP8", "H264"])
def test_a_full_disk_ends_the_file_cleanly_and_room_begins_another(
    tiny_disk: Path, codec: Codec
) -> None:
    packets = {
        "opus": lambda: studio.sound_packets(studio.opus_tone(20), start=0),
        "VP8": lambda: studio.vp8_packets(studio.vp8(500, key_every=25), start=0),
        "H264": lambda: studio.h264_packets(studio.h264(500, key_every=25), start=0),
    }[codec]()
    Reserve(tiny_disk).hold()
    fill(tiny_disk, leave=32 * 1024)
    track = deck(tiny_disk, codec, "voice" if codec == "opus" else "camera")
    play(track, [packet for packet in packets if packet[0] < 10])
    (full,) = FileShelf(tiny_disk).tracks(LESSON)
    assert not full.live
    assert not track.wants_keyframe(10)  # nobody is asked for what cannot be kept
    assert track.stuck and not Reserve(tiny_disk).held
    path = FileShelf(tiny_disk).media(LESSON, full.name)
    assert path is not None
    probe(path)
    assert sums.beside(path).exists()
    assert scan(path)[1][-1].ends_ms == full.ends_ms
    (tiny_disk / "filler").unlink()
    play(track, [packet for packet in packets if packet[0] >= 10])
    track.close(21)
    before, after = FileShelf(tiny_disk).tracks(LESSON)
    assert before == full
    assert track.missed == [(full.ends_ms / 1000, after.clusters[0][0] / 1000)]
    assert not track.stuck
    assert after.ends_ms == 20_000
    assert after.clusters[0][0] <= 16_000
    assert unfinished(tiny_disk) == []


def test_a_file_with_nothing_in_it_is_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "t.voice.1.webm"
    Take(path, SOUND).finish()
    assert not path.exists()
    assert not index_path(path).exists()


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "t.voice.1.webm"
    take = Take(path, SOUND)
    take.add([Block(0, 20, b"\xf8\xff\xfe", SOUND)])
    with pytest.raises(Unavailable):
        Take(path, SOUND)
    take.finish()
    assert subprocess.run(["ffprobe", "-v", "error", str(path)], check=True).returncode == 0
