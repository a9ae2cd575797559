"""What only the plane in Python has; what both have is in test_plane.py."""

from signaling.sfu.cover import UNTIMED
from signaling.sfu.numbering import Start
from signaling.sfu.pyplane import Plane

from . import packets
from .planes import Ends
from .test_plane import film


def test_what_the_socket_will_not_take_is_counted() -> None:
    [frame] = film(frames=1)
    with Ends("python") as ends:
        plane = Plane(lambda data, address: False)
        line = plane.line()
        line.key(ends.keys)
        line.aim(ends.address)
        stream = plane.stream(line, 1, b"", UNTIMED, Start(0, 0, 0, 0))
        stream.begin(frame[0].packet.seq, 0, 0, None)
        plane.forward({"a": stream}, frame, b"now")
        assert (plane.sent, plane.refused, plane.failed) == (0, 5, 0)


def test_a_stream_nobody_is_sent_keeps_nothing() -> None:
    plane = Plane(lambda data, address: True)
    stream = plane.stream(plane.line(), 1, b"", UNTIMED, Start(0, 0, 0, 0))
    camera = packets.source()[0]
    assert stream.recall(1) is None and camera.flow == {}
