"""What was to be seen of a camera at a moment of the lesson."""

from pathlib import Path

import pytest

from recorder.film.cameras import STALE, Camera, Reel
from recorder.shelf import FileShelf, media_folder
from recorder.timeline import Publisher
from synclass.tape import Codec

from .. import studio
from ..test_deck import deck_of, play
from .scenes import LESSON, TEACHER


def filmed(data: Path, codec: Codec, *, start: float, size: tuple[int, int] = (320, 240)) -> None:
    """Two seconds of pictures that grow brighter, 25 a second."""
    deck = deck_of(data, "camera", codec, Publisher(), who=TEACHER.id, lesson=LESSON)
    play(deck, studio.packets(codec, 50, start=start, size=size))
    deck.close(start + 2)


def camera(data: Path) -> Camera:
    found = []
    for track in FileShelf(data).tracks(LESSON):
        path = media_folder(data, LESSON) / track.name
        found.append(Reel(path, track.clusters[0][0] / 1000, track.ends_ms / 1000))
    return Camera(found)


def brightness(of: Camera, at: float) -> int:
    frame = of.at(at)
    assert frame is not None
    return int(frame.to_ndarray()[100, 100])


@pytest.mark.parametrize("codec", ["VP8", "VP9", "H264"])
def test_a_picture_is_seen_from_its_time_on(codec: Codec, tmp_path: Path) -> None:
    filmed(tmp_path, codec, start=5.0)
    seen = camera(tmp_path)
    assert seen.at(4.9) is None
    for at in (5.0, 5.5, 6.5):
        assert abs(brightness(seen, at + 0.01) - (at - 5) * 25 * 5) <= 8
    assert seen.at(6.97) is seen.at(9.0)
    assert seen.at(7.0 + STALE) is None


def test_a_film_that_begins_in_the_middle_sees_the_same(tmp_path: Path) -> None:
    filmed(tmp_path, "VP8", start=5.0)
    assert abs(brightness(camera(tmp_path), 6.01) - 125) <= 8


def test_another_file_and_another_size_go_on(tmp_path: Path) -> None:
    filmed(tmp_path, "VP8", start=1.0)
    filmed(tmp_path, "VP8", start=8.0, size=(640, 360))
    seen = camera(tmp_path)
    sizes = [frame and (frame.width, frame.height) for frame in map(seen.at, (2.0, 7.0, 9.0))]
    assert sizes == [(320, 240), None, (640, 360)]


def test_a_file_that_is_cut_is_seen_to_the_cut(tmp_path: Path) -> None:
    filmed(tmp_path, "VP8", start=1.0)
    (path,) = media_folder(tmp_path, LESSON).glob("*.webm")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert camera(tmp_path).at(1.5) is not None


def test_who_has_no_camera_is_never_seen() -> None:
    assert Camera([]).at(3.0) is None
