"""The shelf finds a lesson's journal and tracks, and nothing outside its folder."""

from pathlib import Path

import pytest

from recorder.shelf import FileShelf, media_folder
from recorder.take import index_path
from synclass.tape import Codec
from synclass.words import LessonId

from . import studio
from .test_deck import LESSON, WHO, deck, only_track, play


def test_a_lesson_is_kept_and_read(tmp_path: Path) -> None:
    shelf = FileShelf(tmp_path)
    assert list(shelf.read(LESSON)) == []
    journal = shelf.journal(LESSON)
    journal.append(b"fact")
    assert list(shelf.read(LESSON)) == list(journal.records()) == [b"fact"]
    journal.close()
    assert shelf.tracks(LESSON) == []


def test_a_voice_is_listed_while_it_is_written(tmp_path: Path) -> None:
    voice = deck(tmp_path, "opus", "voice")
    play(voice, studio.sound_packets(studio.opus_tone(1), start=5))
    track = only_track(tmp_path)
    assert (track.name, track.who, track.track) == ("teacher.voice.1.webm", WHO, "voice")
    assert track.live
    assert track.clusters[0] == (5000, track.header)
    assert 5900 <= track.ends_ms <= 6000
    path = FileShelf(tmp_path).media(LESSON, track.name)
    assert path is not None
    assert track.size <= path.stat().st_size
    voice.close(6)


@pytest.mark.parametrize("codec", ["VP8", "H264", "VP9", "AV1"])
def test_a_lost_index_is_made_good_from_the_file(tmp_path: Path, codec: Codec) -> None:
    camera = deck(tmp_path, codec, "camera")
    play(camera, studio.packets(codec, 50, start=5))
    camera.close(8)
    track = only_track(tmp_path)
    index_path(media_folder(tmp_path, LESSON) / track.name).unlink()
    assert only_track(tmp_path) == track


@pytest.mark.parametrize(
    "name",
    [
        "../log/000001.log",
        "../../other/media/t.voice.1.webm",
        "",
        ".",
        "t.voice.9.webm",
        "/etc/passwd",
    ],
)
def test_a_name_never_leads_out_of_the_lesson(tmp_path: Path, name: str) -> None:
    other = media_folder(tmp_path, "other")
    other.mkdir(parents=True)
    (other / "t.voice.1.webm").write_bytes(b"secret")
    FileShelf(tmp_path).journal(LESSON).close()
    media_folder(tmp_path, LESSON).mkdir()
    assert FileShelf(tmp_path).media(LESSON, name) is None
    assert FileShelf(tmp_path).media(LessonId(f"../{LESSON}/../other"), "t.voice.1.webm") is None
