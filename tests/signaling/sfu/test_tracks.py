"""What a client publishes."""

from signaling.sfu.tracks import SILENCE

from . import packets
from .planes import idle


def test_a_layer_started_anew_replaces_the_old_one() -> None:
    teacher = packets.Publisher(idle())
    inlet = teacher.plane.source(teacher.line, 8, "VP8")
    new, replaced = teacher.track.add(inlet, "", 1.0)
    assert replaced is teacher.source and teacher.track.sources == {"": new}
    assert teacher.track.source(7) is None and teacher.track.source(8) is new


def test_a_key_frame_is_asked_for_once_and_again_until_it_comes() -> None:
    teacher = packets.Publisher(idle())
    teacher.source.ask_key(1.0)
    teacher.source.ask_key(1.1)
    teacher.track.wake(1.2)
    assert teacher.pleas == [7]
    teacher.track.wake(2.0)
    assert teacher.pleas == [7, 7]
    teacher.send(packets.rtp(1, 0, packets.vp8(1, key=True)), now=2.1)
    teacher.track.wake(9.0)
    assert teacher.pleas == [7, 7]


def test_nobody_asks_a_voice_for_key_frames() -> None:
    teacher = packets.Publisher(idle(), "opus")
    teacher.source.ask_key(1.0)
    assert not teacher.pleas


def test_three_seconds_without_a_packet_is_silence() -> None:
    teacher = packets.Publisher(idle(), "opus")
    teacher.send(packets.rtp(1, 0, b"\x78a"), now=1.0)
    assert not teacher.track.fell_silent(1.0 + SILENCE)
    assert teacher.track.fell_silent(1.1 + SILENCE)
