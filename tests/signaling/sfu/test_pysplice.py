"""A stream's own books; what is seen of it is in test_plane_seams.py and test_plane_layers.py."""

from signaling.sfu.pyplane import Plane

from . import packets


def test_who_is_not_shown_any_more_is_not_waited_for() -> None:
    plane = Plane([])
    line = plane.line()
    one, other = (plane.source(line, ssrc, "VP8") for ssrc in (7, 8))
    tape = plane.tape("video")
    tape.show(one, 96, 0)
    plane.inject(line, packets.plain(1), 1.0)
    plane.flush(1.0)
    tape.show(other, 96, 0)
    assert tape in one.takers and tape in other.takers
    tape.show(one, 96, 0)
    assert tape in one.takers and tape not in other.takers
    tape.show(None, 0, 0)
    assert tape not in one.takers


def test_numbers_left_out_long_ago_cost_nothing_any_more() -> None:
    plane = Plane([])
    line = plane.line()
    tape = plane.tape("video")
    tape.show(plane.source(line, 7, "VP8"), 96, 0)
    plane.inject(line, packets.plain(0), 1.0)
    tape.limit(0)
    for n in range(1, 1500):
        payload = packets.layered(n, 2 if n == 1 else 0)
        plane.inject(line, packets.plain(n, payload, marker=True), 1.0)
    assert not tape._numbers.skipped and not tape._pictures.skipped
