"""Both planes: a voice that is led aside, and what is said in its place."""

from signaling.sfu.packet import Rtp, parse_rtp
from signaling.sfu.plane import Stream

from . import packets
from .planes import Ends


def diverted(ends: Ends) -> tuple[packets.Publisher, Stream]:
    teacher, stream = packets.Publisher(ends.plane, "opus"), ends.stream("audio")
    stream.show(teacher.source.inlet, 111, 0)
    stream.divert(True)
    return teacher, stream


def word(n: int, payload: bytes = b"\x78a") -> Rtp:
    return packets.rtp(n, n * 960, payload, marker=n == 1)


def test_a_voice_led_aside_is_told_instead_of_sent(subscriber: Ends) -> None:
    source, stream = subscriber.source(codec="opus"), subscriber.stream("audio")
    stream.show(source, 111, 0)
    stream.divert(True)
    told = subscriber.come(word(1), word(2), word(4, b""), now=3.0)
    assert told[0] == ("voice", stream, 1, 4, True, b"\x78a", 3.0)
    assert told[1] == ("voice", stream, 2, 964, False, b"\x78a", 3.0)
    assert [event[0] for event in told] == ["voice", "voice", "gap"]
    assert not subscriber.receive() and stream.at is None


def test_what_is_said_in_its_place_is_numbered_sealed_and_kept(subscriber: Ends) -> None:
    _, stream = diverted(subscriber)
    sealed = [
        stream.emit(1000 + n, b"merged", pt=63, marker=n == 0, length=2880, now=2.0 + n)
        for n in range(2)
    ]
    sent = [parse_rtp(data) for data in subscriber.receive()]
    assert [(p.seq, p.ts, p.pt, p.marker) for p in sent] == [
        (65531, 1000, 63, True),
        (65532, 1001, 63, False),
    ]
    assert all(p.payload == b"merged" and p.extensions[4] == b"3" for p in sent)
    assert subscriber.raw == sealed
    assert (stream.at, stream.ts, stream.length, stream.packets) == (3.0, 1001, 2880, 2)
    assert subscriber.line.send(sealed[0]) and len(subscriber.receive()) == 2
    assert subscriber.raw[2] == sealed[0]


def test_before_there_are_keys_nothing_can_be_said(ends: Ends) -> None:
    _, stream = diverted(ends)
    assert stream.emit(1, b"merged", pt=63, marker=False, length=960, now=1.0) == b""


def test_the_voice_led_back_goes_on_behind_what_was_said(subscriber: Ends) -> None:
    teacher, stream = diverted(subscriber)
    teacher.send(word(1), now=1.0)
    stream.emit(4, b"merged", pt=111, marker=False, length=960, now=1.0)
    stream.divert(False)
    assert stream.current is None
    teacher.send(word(2), word(3), now=1.02)
    sent = [parse_rtp(data) for data in subscriber.receive()]
    assert [(p.seq, p.ts) for p in sent] == [(65531, 4), (65532, 964), (65533, 1924)]
    assert stream.current is teacher.source.inlet


def test_another_voice_led_aside_goes_on_in_the_same_time(subscriber: Ends) -> None:
    _, stream = diverted(subscriber)
    stream.emit(5000, b"merged", pt=111, marker=False, length=960, now=1.0)
    source = subscriber.source(8, codec="opus")
    stream.show(source, 111, 0)
    [told] = subscriber.come(word(7)._replace(ssrc=8), now=2.0)
    assert told[:4] == ("voice", stream, 7, 5000 + 48000)
