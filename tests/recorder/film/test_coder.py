"""Parts of a film: pictures and sound as every player knows them."""

from pathlib import Path

import av
import numpy as np
import pytest

from recorder.film.coder import KEY_EVERY, Pictures, Sounds
from recorder.film.region import ALL, Region
from recorder.film.screen import Screen
from recorder.film.tiles import Tiles
from recorder.film.voices import BLOCK, RATE

PAPER = np.full((1080, 1920, 4), 250, np.uint8)
INK = np.full((64, 300, 4), 20, np.uint8)


def test_pictures_come_back_as_they_were_at_their_times(tmp_path: Path) -> None:
    screen, at = Screen(), (0.0, 0.1, 5.0, 5.3)
    screen.put(ALL, PAPER)
    wanted = []
    with Pictures(tmp_path / "a.mp4", Tiles()) as pictures:
        for n, second in enumerate(at):
            screen.put(Region(100 * n, 50, 100 * n + 300, 114), INK)
            wanted.append(screen.y.astype(np.int16))
            pictures.add(screen, second)
    with av.open(str(tmp_path / "a.mp4")) as file:
        frames = list(file.decode(video=0))
    assert [frame.time for frame in frames] == list(at)
    for frame, y in zip(frames, wanted, strict=True):
        assert np.abs(frame.to_ndarray()[:1080] - y).mean() < 0.5


def test_a_player_may_begin_every_few_seconds(tmp_path: Path) -> None:
    screen = Screen()
    screen.put(ALL, PAPER)
    with Pictures(tmp_path / "a.mp4", Tiles()) as pictures:
        for second in range(25):
            pictures.add(screen, second)
    with av.open(str(tmp_path / "a.mp4")) as file:
        keys = [frame.time for frame in file.decode(video=0) if frame.key_frame]
    assert keys == [0, KEY_EVERY, 2 * KEY_EVERY]


def test_a_tone_comes_back_as_it_was(tmp_path: Path) -> None:
    tone = np.sin(np.arange(40 * BLOCK, dtype=np.float32) * (2 * np.pi * 440 / RATE)) / 2
    with Sounds(tmp_path / "a.mp4") as sounds:
        for block in tone.reshape(-1, BLOCK):
            sounds.add(block)
    with av.open(str(tmp_path / "a.mp4")) as file:
        assert file.streams.audio[0].codec_context.name == "aac"
        found = np.concatenate([frame.to_ndarray()[0] for frame in file.decode(audio=0)])
    apart = found[4 * BLOCK : 30 * BLOCK] - tone[4 * BLOCK : 30 * BLOCK]
    assert np.abs(apart).mean() < 0.02


def test_what_is_cut_short_leaves_nothing(tmp_path: Path) -> None:
    for part in (Pictures(tmp_path / "a.mp4", Tiles()), Sounds(tmp_path / "b.mp4")):
        with pytest.raises(KeyboardInterrupt), part:
            raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_a_picture_of_which_most_is_new_is_a_whole_one(tmp_path: Path) -> None:
    screen = Screen()
    with Pictures(tmp_path / "a.mp4", Tiles()) as pictures:
        for n in range(3):
            screen.put(ALL, PAPER - 40 * n)
            pictures.add(screen, n)
    with av.open(str(tmp_path / "a.mp4")) as file:
        assert [frame.key_frame for frame in file.decode(video=0)] == [True] * 3
