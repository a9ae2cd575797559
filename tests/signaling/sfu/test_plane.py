"""Both planes: frames go out whole, to everybody, and nothing goes where it should not."""

import math
import random
import re
import socket
from pathlib import Path

import pytest

from signaling.sfu import dtls, history, plane, pyoutlet, rewrite
from signaling.sfu.packet import Rtp, abs_send_time, parse_rtp
from signaling.sfu.plane import MOST, RING, Stream

from . import packets
from .planes import GCM, NAMES, SHA1, START, Ends, idle

NATIVE = Path(__file__).parents[3] / "signaling/sfu"
SO_NO_CHECK = 11  # asm-generic/socket.h; without checksums the kernel refuses to segment


def film(size: int = 1000, frames: int = 3, per_frame: int = 5) -> list[list[Rtp]]:
    """Frames whose last packet is shorter, as an encoder makes them; the first is a key frame."""
    camera, made = packets.Camera(idle(), 7, random.Random(7)), []
    for n in range(frames):
        frame = camera.frame(key=n == 0, packets=per_frame, size=size)
        frame[-1] = frame[-1]._replace(payload=frame[-1].payload[:-size] or b"x")
        made.append(frame)
    return made


def shown(ends: Ends, ssrc: int = 50) -> Stream:
    """A stream that waits for the source that the ends' client has."""
    stream = ends.stream(ssrc=ssrc)
    stream.show(ends.source(), 96, 97)
    return stream


@pytest.mark.parametrize("profile", [GCM, SHA1], ids=["gcm", "sha1"])
@pytest.mark.parametrize("name", NAMES)
def test_a_film_arrives_whole(name: str, profile: int) -> None:
    frames = film()
    with Ends(name, profile).connect() as ends:
        stream = shown(ends)
        for frame in frames:
            ends.come(*frame, now=2.5)
        opened = [parse_rtp(data) for data in ends.receive()]
    assert [p.seq for p in opened] == [(65531 + n) & 0xFFFF for n in range(15)]
    assert [len(p.payload) for p in opened] == [len(p.payload) for f in frames for p in f]
    assert all(p.extensions == {4: b"3", 2: abs_send_time(2.5)} and p.pt == 96 for p in opened)
    assert [p.marker for p in opened] == [False, False, False, False, True] * 3
    assert ends.plane.sent == 15 and not ends.plane.failed and not ends.plane.refused
    assert (stream.packets, stream.octets) == (15, sum(len(p.payload) for p in opened))
    assert ends.line.octets == sum(map(len, ends.raw))


@pytest.mark.parametrize("name", NAMES)
def test_a_whole_class_gets_each_its_own(name: str) -> None:
    frames = film(frames=4, per_frame=40)
    with Ends(name).connect() as ends:
        source = ends.source()
        for n in range(30):
            ends.stream(ssrc=100 + n).show(source, 96, 97)
        for frame in frames:
            ends.come(*frame)
            ends.receive()
    assert ends.plane.sent == len(ends.sent) == 4 * 40 * 30


@pytest.mark.parametrize("name", NAMES)
def test_where_the_kernel_will_not_segment_the_class_goes_on(name: str) -> None:
    with Ends(name).connect() as ends:
        ends.near.setsockopt(socket.SOL_SOCKET, SO_NO_CHECK, 1)
        shown(ends)
        for frame in film():
            ends.come(*frame)
        assert len(ends.receive()) == 15
        assert ends.plane.sent == 15 and not ends.plane.refused
        assert ends.plane.unsegmented == 1, "it was tried more than once"


def test_before_the_handshake_and_before_the_first_check_nothing_goes_out(ends: Ends) -> None:
    first, second, third = film(per_frame=2)
    stream = shown(ends)
    ends.come(*first)
    assert stream.packets == 0 and stream.current is not None
    ends.line.key(ends.sending, ends.receiving)
    ends.come(*second)
    assert stream.packets == 0 and stream.current is None, "its key frame was lost: it waits"
    again = [packet._replace(seq=packet.seq + 6) for packet in first]
    ends.come(*third, *again)
    assert stream.packets == 2 and ends.plane.sent == 0
    ends.line.aim(ends.address)
    ends.come(*(packet._replace(seq=packet.seq + 8) for packet in first))
    assert len(ends.receive()) == 2


@pytest.mark.parametrize("name", NAMES)
def test_what_libsrtp_will_not_seal_is_counted_and_does_not_go_out(name: str) -> None:
    with Ends(name, SHA1).connect() as ends:
        source = ends.source()
        twins = [ends.stream() for _ in range(2)]  # one SSRC: each number twice
        for twin in twins:
            twin.show(source, 96, 97)
        ends.come(*film(frames=1)[0])
        assert len(ends.receive()) == len(ends.raw) == 5
        assert ends.plane.failed == 5 and twins[1].packets == 0


def test_what_is_too_long_is_counted_and_does_not_go_out(subscriber: Ends) -> None:
    shown(subscriber)
    subscriber.come(*film(frames=1, size=1450)[0])
    assert len(subscriber.receive()) == 1 and subscriber.plane.failed == 4


def test_what_the_kernel_will_not_take_is_counted(ends: Ends) -> None:
    ends.line.key(ends.sending, ends.receiving)
    ends.line.aim(("127.0.0.1", 0, 0))  # nobody can be sent anything at port 0
    shown(ends)
    ends.come(*film(frames=1)[0])
    assert (ends.plane.sent, ends.plane.refused, ends.plane.failed) == (0, 5, 0)
    assert not ends.line.send(b"x" * 20) and ends.line.octets == 0


def test_a_frame_waits_for_its_last_packet_and_no_longer(subscriber: Ends) -> None:
    [frame] = film(frames=1)
    shown(subscriber)
    subscriber.come(*frame[:-1])
    assert subscriber.plane.waiting and not subscriber.receive()
    subscriber.come(frame[-1])
    assert len(subscriber.receive()) == 5 and not subscriber.plane.waiting


def test_what_waits_is_flushed_and_a_long_frame_does_not_wait(subscriber: Ends) -> None:
    [frame] = film(frames=1, per_frame=MOST + 3)
    shown(subscriber)
    subscriber.come(*frame[:-1])
    assert len(subscriber.receive()) == MOST and subscriber.plane.waiting
    subscriber.plane.flush(1.0)
    assert len(subscriber.receive()) == MOST + 2 and not subscriber.plane.waiting


def test_what_waits_keeps_its_place_however_far_the_numbers_run(subscriber: Ends) -> None:
    """A frame without end whose packets are hundreds of numbers apart: more than are kept."""
    shown(subscriber)
    for n, seq in enumerate(range(0, 2 * RING, RING // 2)):
        payload = packets.vp8(1, key=True, start=n == 0) + bytes((n,))
        subscriber.come(packets.rtp(seq, 0, payload))
    subscriber.plane.flush(1.0)
    assert [data[-1] for data in subscriber.receive()] == [0, 1, 2, 3]
    assert not subscriber.plane.failed


def test_a_word_does_not_wait(subscriber: Ends) -> None:
    source, stream = subscriber.source(codec="opus"), subscriber.stream("audio")
    stream.show(source, 111, 0)
    subscriber.come(packets.rtp(1, 0, b"\x78a"))
    assert len(subscriber.receive()) == 1 and not subscriber.plane.waiting


def test_a_closed_plane_touches_no_socket(subscriber: Ends) -> None:
    shown(subscriber)
    subscriber.plane.close()
    subscriber.come(*film(frames=1)[0])
    assert not subscriber.receive() and subscriber.plane.sent == 0
    assert not subscriber.line.send(b"x" * 20)


def test_a_closed_line_hears_and_says_nothing(subscriber: Ends) -> None:
    stream, [frame] = shown(subscriber), film(frames=1)
    sealed = [subscriber.theirs.seal(b"\x80\x60" + bytes(30))]
    subscriber.line.close()
    assert subscriber.plane.feed(subscriber.line, sealed[0], 1.0) == (False, [])
    assert [event[0] for event in subscriber.come(*frame)] == ["unknown"] * 5
    assert not subscriber.line.send(b"x" * 20) and not subscriber.line.control(b"\x80" * 8)
    assert stream.packets == 0 and subscriber.line.malformed == 1


def test_nonsense_is_not_believed(ends: Ends) -> None:
    for block, at in ((bytes(600), -1), (bytes(8), 6), (bytes(3), 0), (b"", 0)):
        with pytest.raises(ValueError):
            ends.plane.stream(ends.line, 1, 2, block, at, START, kind="video")
    for where in (("127.0.0.1", 70000, 0), ("nowhere", 1, 0), ("127.0.0.1", 1, -1)):
        with pytest.raises(ValueError):
            ends.line.aim(where)


def test_both_planes_count_with_the_same_numbers() -> None:
    """The enum of the plane in C against the constants here."""
    sources = [NATIVE / "_plane.c", *sorted((NATIVE / "native").glob("*.h"))]
    text = "".join(source.read_text() for source in sources)
    found = dict(re.findall(r"\b([A-Z][A-Z_]+) = ([\d *-]+),", text))
    ours = {
        name: value
        for module in (plane, history, rewrite, dtls, pyoutlet)
        for name, value in vars(module).items()
        if name.isupper() and isinstance(value, int)
    }
    shared = found.keys() & ours.keys()
    assert {"MOST", "BEHIND", "AHEAD", "CONTRACT"} <= shared
    assert {name: _value(found[name]) for name in shared} == {name: ours[name] for name in shared}


def _value(text: str) -> int:
    """Of 1500 - 28 - 16, or of 64 * 1024."""
    first, *rest = (math.prod(map(int, term.split("*"))) for term in text.split("-"))
    return first - sum(rest)
