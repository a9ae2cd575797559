"""The key of a participant: theirs alone, apart from the media, and gone when it is destroyed."""

import os
from pathlib import Path

import pytest

from recorder import keys
from synclass.errors import Unavailable


def medium(data: Path, who: str = "room-1", lesson: str = "l1") -> Path:
    return data / "lessons" / lesson / "media" / f"{who}.voice.1.webm"


def test_each_participant_of_each_lesson_has_a_key_of_their_own(tmp_path: Path) -> None:
    places = [keys.of(medium(tmp_path, who, lesson)) for who in "ab" for lesson in ("l1", "l2")]
    made = [keys.take(place) for place in places]
    assert len(set(made)) == 4
    assert [keys.take(place) for place in places] == made
    assert keys.holders(tmp_path / "lessons" / "l1") == ["a", "b"]


def test_voice_and_camera_of_a_participant_have_one_key(tmp_path: Path) -> None:
    camera = tmp_path / "lessons" / "l1" / "media" / "room-1.camera.7.mp4"
    assert keys.of(camera) == keys.of(medium(tmp_path))


def test_a_key_is_nobody_elses_to_read_and_lies_apart_from_the_media(tmp_path: Path) -> None:
    place = keys.of(medium(tmp_path))
    keys.take(place)
    assert place == tmp_path / "keys" / "l1" / "room-1.key"
    assert place.stat().st_mode & 0o777 == 0o600
    assert place.parent.stat().st_mode & 0o777 == 0o700


def test_a_key_that_was_destroyed_is_nowhere(tmp_path: Path) -> None:
    place = keys.of(medium(tmp_path))
    made, held = keys.take(place), os.open(place, os.O_RDONLY)
    assert keys.destroy(place)
    assert keys.find(place) is None
    assert os.pread(held, 100, 0) != made  # whoever had it open has not got it either
    os.close(held)
    assert not keys.destroy(place)
    assert keys.holders(tmp_path / "lessons" / "l1") == []


def test_a_damaged_key_is_none_and_is_never_written_over(tmp_path: Path) -> None:
    place = keys.of(medium(tmp_path))
    keys.take(place)
    place.write_bytes(b"half a key")
    assert keys.find(place) is None
    with pytest.raises(Unavailable):
        keys.take(place)
    assert place.read_bytes() == b"half a key"
