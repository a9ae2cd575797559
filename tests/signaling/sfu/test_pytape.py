"""A tape's packets; what a tap makes of them is in test_tap.py."""

from signaling.sfu.pyplane import Plane

from . import packets


def test_what_was_fetched_is_not_kept() -> None:
    plane = Plane([])
    line, tape = plane.line(), plane.tape("video")
    tape.show(plane.source(line, 7, "VP8"), 0, 0)
    plane.inject(line, packets.plain(1), 1.0)
    plane.flush(2.0)
    [(at, data)] = tape.fetch()
    assert at == 1.0 and data[1] == 96 and not tape.fetch()
