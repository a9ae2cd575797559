"""Pixels become the planes that players show, in the colours of BT.709."""

import av
import numpy as np
import pytest

from recorder.film.region import ALL, Region
from recorder.film.screen import Screen

COLOURS = ["#fdfcf8", "#1b1f24", "#c2220f", "#0a55c4", "#0a7d55", "#d97706", "#000000", "#ffffff"]


@pytest.mark.parametrize("colour", COLOURS)
def test_a_colour_is_seen_as_it_was_meant(colour: str) -> None:
    screen, rgb = Screen(), bytes.fromhex(colour[1:])
    pixels = np.zeros((1080, 1920, 4), np.uint8)
    pixels[:, :, :3] = list(rgb)
    screen.put(ALL, pixels)
    assert isinstance(screen.frame, av.VideoFrame)
    seen = screen.frame.to_ndarray(format="rgb24")[500, 900]
    assert max(abs(int(a) - b) for a, b in zip(seen, rgb, strict=True)) <= 4


def test_only_the_part_that_is_put_is_another() -> None:
    screen = Screen()
    screen.put(ALL, np.zeros((1080, 1920, 4), np.uint8))
    screen.put(Region(10, 20, 30, 60), np.full((40, 20, 4), 255, np.uint8))
    assert {*screen.y[20:60, 10:30].flat} == {235}
    assert int((screen.y != 16).sum()) == 800
    assert {*screen.u.flat} == {*screen.v.flat} == {128}


def test_the_blocks_that_are_new_are_told_once() -> None:
    screen = Screen()
    assert screen.news().shape == (68, 120)
    screen.put(ALL, np.full((1080, 1920, 4), 250, np.uint8))
    assert screen.news().all()
    assert not screen.news().any()
    screen.put(Region(30, 1060, 34, 1080), np.full((20, 4, 4), 20, np.uint8))
    assert [*map(tuple, np.argwhere(screen.news()))] == [(66, 1), (66, 2), (67, 1), (67, 2)]


def test_a_block_that_is_drawn_as_it_was_is_not_new() -> None:
    screen = Screen()
    screen.put(ALL, np.full((1080, 1920, 4), 250, np.uint8))
    screen.news()
    screen.put(Region(0, 0, 100, 100), np.full((100, 100, 4), 250, np.uint8))
    assert not screen.news().any()
