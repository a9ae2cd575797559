"""Whoever reads a medium reads it through one opener, locked or not, growing or finished."""

import io
from pathlib import Path

import av
import pytest

from recorder import keys, opener
from recorder.shelf import FileShelf
from recorder.take import index_path
from synclass.errors import Refused

from . import studio
from .test_deck import LESSON, deck, only_track, play


def voice(data: Path, *, locked: bool, closed: bool = True) -> Path:
    track = deck(data, "opus", "voice", locked=locked)
    play(track, studio.sound_packets(studio.opus_tone(4, begins=1, ends=2), start=300))
    if closed:
        track.close(305)
    path = FileShelf(data).media(LESSON, only_track(data).name)
    assert path is not None
    return path


@pytest.mark.parametrize("locked", [False, True])
def test_a_player_seeks_in_it(tmp_path: Path, *, locked: bool) -> None:
    path = voice(tmp_path, locked=locked)
    with opener.opened(path) as medium, av.open(medium, "r") as file:
        assert file.duration == 304_000_000
        file.seek(302_000_000)
        packet = next(file.demux())
        assert packet.pts is not None
        assert 296_000 < packet.pts <= 302_000
        assert sum(1 for _ in file.decode(audio=0)) > 90


def test_a_finished_one_has_its_index_behind_it_in_the_clear(tmp_path: Path) -> None:
    path = voice(tmp_path, locked=True)
    whole = path.read_bytes()
    end = opener.known(path).clusters[-1].end
    with opener.opened(path) as medium:
        assert medium.seek(end - len(whole), io.SEEK_END) == end
        assert medium.read() == whole[end:] != b""
        buffer = bytearray(10)
        assert (medium.seek(5), medium.readinto(buffer)) == (5, 10)  # type: ignore[attr-defined]
        assert (bytes(buffer), medium.tell()) == (whole[5:15], 15)


def test_a_growing_one_is_read_to_its_last_whole_cluster(tmp_path: Path) -> None:
    path = voice(tmp_path, locked=True, closed=False)
    track = only_track(tmp_path)
    assert track.live
    medium = FileShelf(tmp_path).unlocked(LESSON, path.name)
    assert medium is not None
    with medium, av.open(medium, "r") as file:
        assert sum(packet.size > 0 for packet in file.demux()) > 180


def test_one_whose_index_is_lost_is_read_all_the_same(tmp_path: Path) -> None:
    path = voice(tmp_path, locked=True)
    before = only_track(tmp_path)
    with opener.opened(path) as medium:
        whole = medium.read()
    index_path(path).unlink()
    assert only_track(tmp_path) == before
    with opener.opened(path) as medium:
        assert medium.read() == whole


def test_an_erased_one_is_named_and_refused(tmp_path: Path) -> None:
    path = voice(tmp_path, locked=True)
    keys.destroy(keys.of(path))
    assert only_track(tmp_path).erased
    with pytest.raises(Refused, match="erased"):
        opener.opened(path)
    index_path(path).unlink()
    assert FileShelf(tmp_path).tracks(LESSON) == []


def test_an_open_one_is_read_as_it_lies(tmp_path: Path) -> None:
    path = voice(tmp_path, locked=False)
    assert FileShelf(tmp_path).unlocked(LESSON, path.name) is None
    assert not only_track(tmp_path).erased
