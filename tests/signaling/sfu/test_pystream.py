"""What a stream keeps; what comes again of it is in test_plane_resends.py."""

from signaling.sfu.pyplane import Plane

from . import packets
from .planes import START


def test_a_stream_nobody_is_sent_keeps_nothing() -> None:
    plane = Plane([])
    line = plane.line()
    stream = plane.stream(line, 1, 2, b"", -1, START, kind="video")
    assert stream._sealed is None and not stream.repairable
    stream.show(plane.source(line, 7, "VP8"), 96, 97)
    plane.inject(line, packets.plain(1), 1.0)
    plane.flush(1.0)
    assert stream._sealed is None and not stream.repairable
    assert stream.current is not None
