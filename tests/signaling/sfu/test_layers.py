"""Which layer a slot shows."""

from signaling.sfu.layers import IDLE, choose, living
from signaling.sfu.tracks import Track

from .planes import idle


def camera(**last_at: float) -> Track:
    track, plane = Track("camera", "video", "VP8", plead=lambda ssrc: None), idle()
    line = plane.line()
    for ssrc, (rid, at) in enumerate(last_at.items()):
        track.add(plane.source(line, ssrc, "VP8"), rid, at)
    return track


def rid(track: Track, *, large: bool) -> str | None:
    source = choose(track, large=large)
    return source.rid if source else None


def test_a_small_picture_gets_the_smallest_layer_and_a_large_one_the_best() -> None:
    track = camera(f=10.0, q=10.0, h=10.0)
    assert (rid(track, large=False), rid(track, large=True)) == ("q", "f")


def test_a_layer_the_camera_gave_up_is_not_shown() -> None:
    track = camera(q=10.0, h=10.0, f=10.0 - IDLE - 0.1)
    assert rid(track, large=True) == "h"


def test_a_still_screen_keeps_its_layer() -> None:
    assert rid(camera(q=3.0, h=3.0), large=True) == "h"


def test_a_camera_that_has_not_begun_has_no_layer() -> None:
    assert choose(camera(), large=True) is None
    assert living(camera()) == []


def test_unnamed_layers_are_shown_as_they_are() -> None:
    assert rid(camera(**{"": 1.0}), large=False) == ""
