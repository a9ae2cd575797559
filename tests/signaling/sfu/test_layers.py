"""The layers of a track, and what a slot could show of them."""

from signaling.sfu.layers import IDLE, above, best, choices, ladder, living
from signaling.sfu.plane import ALL
from signaling.sfu.tracks import Track
from signaling.sfu.watch import LINGER, WAKING, Watch

from .planes import idle


def camera(**last_at: float) -> Track:
    """A camera that offers three layers, and what has come of them."""
    rids = ["q", "h", "f"] if "" not in last_at else [""]
    watch, plane = Watch(rids, 0.0), idle()
    track = Track("camera", "video", "VP8", plead=lambda ssrc: None, watch=watch)
    line = plane.line()
    for ssrc, (rid, at) in enumerate(last_at.items()):
        track.add(plane.source(line, ssrc, "VP8"), rid, at)
    return track


def rids(track: Track, now: float = 10.0) -> list[str]:
    return [source.rid for source in choices(track, now)]


def costs(track: Track, *, large: bool) -> list[tuple[str, int]]:
    return [(rung.source.rid, rung.bps) for rung in ladder(track, 10.0, large=large)]


def test_a_small_picture_is_the_smallest_layer_and_a_large_one_may_be_any() -> None:
    track = camera(f=10.0, q=10.0, h=10.0)
    assert costs(track, large=False) == [("q", 150_000)]
    assert costs(track, large=True) == [("q", 150_000), ("h", 500_000), ("f", 1_500_000)]
    top = best(track, 10.0)
    assert top is not None and top.rid == "f"


def test_a_layer_the_camera_gave_up_is_not_shown() -> None:
    assert rids(camera(q=10.0, h=10.0, f=10.0 - IDLE - 0.1)) == ["q", "h"]


def test_a_layer_that_was_left_out_is_there_for_the_asking() -> None:
    track = camera(q=10.0, h=10.0, f=5.0)
    track.watch.look(["q", "h"], 0.1)
    track.watch.look(["q", "h"], 0.1 + LINGER + 1)
    track.watch.look(["q", "h"], 10.0)
    assert rids(track) == ["q", "h", "f"]
    track.watch.look(["q", "h", "f"], 11.0)
    assert rids(track, 11.0 + WAKING - 0.1) == ["q", "h", "f"]
    assert rids(track, 11.0 + WAKING + 0.1) == ["q", "h"], "asked for, and it did not come"


def test_a_still_screen_keeps_its_layer() -> None:
    assert rids(camera(q=3.0, h=3.0)) == ["q", "h"]


def test_a_camera_that_has_not_begun_has_no_layer() -> None:
    assert best(camera(), 10.0) is None
    assert not living(camera()) and not ladder(camera(), 10.0, large=True)


def test_unnamed_layers_are_shown_as_they_are() -> None:
    assert rids(camera(**{"": 1.0})) == [""]


def test_larger_layers_that_have_not_come_yet_are_known() -> None:
    track = camera(q=10.0, h=10.0)
    assert above(track, track.sources["h"]) == ["f"]
    assert above(camera(q=1.0, f=1.0), camera(f=1.0).sources["f"]) == []


def test_frames_are_left_out_before_a_smaller_picture_is_shown() -> None:
    track = camera(q=10.0, h=10.0, f=10.0)
    for rid, bps in (("q", 100), ("h", 300), ("f", 1000)):
        source = track.sources[rid]
        source.meter.bps = bps
        source.inlet.tids = 3  # type: ignore[misc] # as a plane would have seen
    found = [(rung.source.rid, rung.tid, rung.bps) for rung in ladder(track, 10.0, large=True)]
    smallest = [("q", 0, 50), ("q", 1, 65), ("q", ALL, 100)]
    assert found == [*smallest, ("h", 1, 195), ("h", ALL, 300), ("f", 1, 650), ("f", ALL, 1000)]


def test_what_costs_no_less_than_something_better_is_not_on_the_ladder() -> None:
    track = camera(q=10.0, h=10.0, f=10.0)
    track.sources["h"].meter.bps = 2_000_000
    assert costs(track, large=True) == [("q", 150_000), ("f", 1_500_000)]
