"""A file that was cut anywhere is mended to its last whole cluster."""

import shutil
from pathlib import Path

import pytest

from recorder.formats import BY_SUFFIX
from recorder.mend import mend, scan, unfinished
from recorder.shelf import media_folder
from recorder.take import index_path
from synclass.tape import Codec

from . import studio
from .test_deck import LESSON, deck, only_track, picture_times, play


@pytest.mark.parametrize(
    ("codec", "locked"),
    [
        ("VP8", False),
        ("H264", False),
        ("VP9", False),
        ("AV1", False),
        ("VP8", True),
        ("H264", True),
    ],
)
def test_a_camera_cut_anywhere_opens_again(tmp_path: Path, codec: Codec, *, locked: bool) -> None:
    packets = studio.packets(codec, 40, start=5, size=(64, 64))
    camera = deck(tmp_path / "whole", codec, "camera", locked=locked)
    play(camera, packets)
    if locked:
        shutil.copytree(tmp_path / "whole" / "keys", tmp_path / "cut" / "keys")
    (path,) = unfinished(tmp_path / "whole")
    head, clusters = scan(path)
    whole, times = path.read_bytes(), [5000 + 40 * n for n in range(40)]
    for cut in range(0, len(whole), 97):
        folder = media_folder(tmp_path / "cut", LESSON)
        folder.mkdir(parents=True)
        broken = folder / path.name
        broken.write_bytes(whole[:cut])
        shutil.copy(index_path(path), index_path(broken))
        mend(broken)
        kept = [cluster for cluster in clusters if cluster.end <= cut]
        assert broken.exists() == bool(kept)
        if kept:
            assert unfinished(tmp_path / "cut") == []
            track = only_track(tmp_path / "cut")
            assert (track.header, track.ends_ms, track.live) == (head, kept[-1].ends_ms, False)
        shutil.rmtree(tmp_path / "cut" / "lessons", ignore_errors=True)
    folder = media_folder(tmp_path / "cut", LESSON)
    folder.mkdir(parents=True)
    (folder / path.name).write_bytes(whole[:-1])
    mend(folder / path.name)
    found = picture_times(tmp_path / "cut", only_track(tmp_path / "cut"))
    assert found == times[: len(found)]
    assert len(found) > 20
    camera.close(9)


@pytest.mark.parametrize("locked", [False, True])
@pytest.mark.parametrize("codec", ["VP8", "H264"])
def test_a_file_whose_index_lags_behind_was_torn_by_a_power_cut(
    tmp_path: Path, codec: Codec, *, locked: bool
) -> None:
    camera = deck(tmp_path, codec, "camera", locked=locked)
    play(camera, studio.packets(codec, 40, start=5, size=(64, 64)))
    camera.close(9)
    whole = only_track(tmp_path)
    assert unfinished(tmp_path) == []
    beside = index_path(media_folder(tmp_path, LESSON) / whole.name)
    for damage in (beside.read_bytes()[:-70], b"", beside.read_bytes() + b"\xff" * 25):
        beside.write_bytes(damage)
        (torn,) = unfinished(tmp_path)
        mend(torn)
        assert only_track(tmp_path) == whole
        assert unfinished(tmp_path) == []


@pytest.mark.parametrize("codec", ["opus", "VP8", "H264"])
def test_a_medium_cut_at_any_byte_has_exactly_the_clusters_that_were_whole(
    tmp_path: Path, codec: Codec
) -> None:
    sounds = studio.sound_packets([b"\xf8\xff\xfe"] * 100, start=5)
    track = deck(tmp_path, codec, "voice" if codec == "opus" else "camera")
    play(track, sounds if codec == "opus" else studio.packets(codec, 20, start=5, size=(64, 64)))
    (path,) = unfinished(tmp_path)
    head, clusters = scan(path)
    whole, form = path.read_bytes(), BY_SUFFIX[path.suffix[1:]]
    assert len(clusters) > 1
    for cut in range(len(whole) + 1):
        here = memoryview(whole)[:cut]
        assert form.head_size(here) == (head if cut >= head else 0)
        if cut >= head:
            assert form.clusters(here, head) == [one for one in clusters if one.end <= cut]
    track.close(9)
