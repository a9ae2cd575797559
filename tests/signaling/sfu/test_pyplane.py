"""What only the plane in Python has; what both have is in test_plane.py and its siblings."""

from signaling.sfu.pyplane import Plane

from . import packets


def test_a_frame_nobody_is_shown_is_not_looked_at_again() -> None:
    plane = Plane([])
    source = plane.source(line := plane.line(), 7, "VP8")
    plane.inject(line, packets.plain(1), 1.0)
    assert plane.waiting and source.gathered
    plane.flush(1.0)
    assert not plane.waiting and not source.gathered
