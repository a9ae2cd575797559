"""Both planes: many cameras and voices, one after another, are one endless stream."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signaling.sfu import vp8
from signaling.sfu.numbering import Start
from signaling.sfu.packet import Rtp, parse_rtp
from signaling.sfu.rewrite import distance

from . import packets
from .planes import NAMES, Ends


@st.composite
def afternoons(draw: st.DrawFn) -> tuple[int, list[tuple[int, int, bool, bool]]]:
    """(seed, steps of (camera, frames, switch to it?, shuffle its packets?))."""
    step = st.tuples(st.integers(0, 2), st.integers(1, 12), st.booleans(), st.booleans())
    return draw(st.integers(0, 2**32)), draw(st.lists(step, min_size=2, max_size=15))


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=60)
@given(afternoons())
def test_whatever_is_switched_and_shuffled_the_stream_stays_whole(
    name: str, afternoon: tuple[int, list[tuple[int, int, bool, bool]]]
) -> None:
    seed, steps = afternoon
    dice = random.Random(seed)
    start = Start(*(dice.getrandbits(bits) for bits in (15, 32, 15, 8)))
    with Ends(name).connect() as ends:
        stream = ends.stream(start=start)
        cameras = [packets.Camera(ends.plane, ssrc, dice) for ssrc in (1, 2, 3)]
        now, seams = 10.0, list[int]()
        for which, frames, switch, shuffle in steps:
            if switch:
                stream.show(cameras[which].source.inlet, 96, 97)
            for camera in cameras:
                for packet in reel(camera, frames, dice, shuffle=shuffle):
                    now += 1 / 90
                    camera.send(packet, now=now)
                    if stream.switches > len(seams):
                        seams.append(len(ends.receive()) - 1)
        ends.plane.flush(now)
        check(start, ends.receive(), seams)


def reel(camera: packets.Camera, frames: int, dice: random.Random, *, shuffle: bool) -> list[Rtp]:
    """Every packet marked: what comes is sent at once."""
    made = []
    for _ in range(frames):
        made += camera.frame(key=dice.random() < 0.3)
    if shuffle:
        made.sort(key=lambda packet: packet.seq + dice.randrange(4))
    return [packet._replace(marker=True) for packet in made]


def check(start: Start, sent: list[bytes], seams: list[int]) -> None:
    """No number twice; seams begin with key frames and right behind; pictures in step."""
    top, newest, given_out = start.seq, start.pid, set()
    for n, packet in enumerate(map(parse_rtp, sent)):
        long = top + distance(packet.seq, top & 0xFFFF, 16)
        where = vp8.describe(packet.payload)
        assert where is not None and where.pid is not None
        assert long not in given_out
        ahead = distance(where.pid, newest & 0x7FFF, 15)
        if n in seams:
            assert where.key and long == top + 1
            assert ahead == 1, "a seam leaves no hole between pictures"
        given_out.add(long)
        top, newest = max(top, long), max(newest, newest + ahead)


def test_a_sender_that_stops_saying_tl0_gives_no_index_twice(subscriber: Ends) -> None:
    camera, stream = subscriber.source(), subscriber.stream()
    stream.show(camera, 96, 97)
    bare = b"\x90\x80\x80\x02\x01picture"
    subscriber.come(packets.rtp(1, 0, packets.vp8(1, key=True, tl0=9)), packets.rtp(2, 0, bare))
    subscriber.plane.flush(1.0)
    other = subscriber.source(8)
    stream.show(other, 96, 97)
    key = packets.rtp(1, 0, packets.vp8(7, key=True, tl0=40), ssrc=8, marker=True)
    subscriber.come(key, now=2.0)
    seen = [vp8.describe(parse_rtp(data).payload) for data in subscriber.receive()]
    assert [(where.pid, where.tl0) for where in seen if where] == [(6, 7), (7, None), (8, 8)]


def test_an_emptied_stream_goes_on_later_where_it_was(subscriber: Ends) -> None:
    camera, stream = packets.Camera(subscriber.plane, 1, random.Random(3)), subscriber.stream()
    stream.show(camera.source.inlet, 96, 97)
    camera.film(0.0, key=True)
    stream.show(None, 0, 0)
    camera.film(0.1, key=True)
    assert stream.current is stream.wanted is None and stream.at == 0.0
    stream.show(camera.source.inlet, 96, 97)
    camera.film(2.0, key=True)
    sent = [parse_rtp(data) for data in subscriber.receive()]
    assert [packet.seq for packet in sent] == [65531, 65532, 65533, 65534]
    assert sent[2].ts - sent[1].ts == 180_000 and stream.ts == sent[3].ts


def test_who_changes_her_mind_has_missed_nothing(subscriber: Ends) -> None:
    dice = random.Random(4)
    old, new = (packets.Camera(subscriber.plane, n, dice) for n in (1, 2))
    stream = subscriber.stream()
    stream.show(old.source.inlet, 96, 97)
    old.film(0.0, key=True)
    stream.show(new.source.inlet, 98, 99)
    stream.show(old.source.inlet, 96, 97)
    old.film(0.1, key=False)
    new.film(0.1, key=True)
    assert len(subscriber.receive()) == 4 and stream.switches == 1


def test_another_codec_speaks_under_its_own_number_from_the_seam_on(subscriber: Ends) -> None:
    camera, stream = packets.Camera(subscriber.plane, 1, random.Random(5)), subscriber.stream()
    stream.show(camera.source.inlet, 96, 97)
    camera.film(0.0, key=True, packets=1)
    film = packets.Publisher(subscriber.plane, "H264", 2)
    stream.show(film.source.inlet, 102, 0)
    camera.film(0.1, key=False, packets=1)
    film.send(packets.rtp(1, 0, b"\x61delta", marker=True), now=0.2)
    film.send(packets.rtp(2, 0, b"\x67sps", marker=True), now=0.2)
    stream.show(film.source.inlet, 103, 0)
    film.send(packets.rtp(3, 0, b"\x61delta", marker=True), now=0.3)
    assert [parse_rtp(d).pt for d in subscriber.receive()] == [96, 96, 102, 103]


def test_a_stream_begun_anew_waits_for_a_key_frame(subscriber: Ends) -> None:
    camera, stream = packets.Camera(subscriber.plane, 1, random.Random(6)), subscriber.stream()
    stream.show(camera.source.inlet, 96, 97)
    camera.film(0.0, key=True)
    stream.restart()
    assert stream.current is None and stream.wanted is camera.source.inlet
    camera.film(0.1, key=False)
    assert len(subscriber.receive()) == 2
    camera.film(0.2, key=True)
    assert [parse_rtp(d).seq for d in subscriber.receive()] == [65531, 65532, 65533, 65534]


def test_packets_from_before_the_seam_are_left_out(subscriber: Ends) -> None:
    camera, stream = packets.Camera(subscriber.plane, 1, random.Random(7)), subscriber.stream()
    late = camera.frame(key=False, packets=1)
    stream.show(camera.source.inlet, 96, 97)
    camera.film(0.0, key=True)
    camera.send(*late, now=0.1)
    assert len(subscriber.receive()) == 2 and camera.source.inlet.packets == 3


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=40)
@given(st.floats(0.0, 3.0), st.sampled_from([b"\x78", b"\x79", b"\x7b\x03"]))
def test_a_voice_follows_another_in_whole_frames_and_never_overlaps(
    name: str, pause: float, last: bytes
) -> None:
    with Ends(name).connect() as ends:
        first, second = (packets.Publisher(ends.plane, "opus", n) for n in (1, 2))
        stream = ends.stream("audio")
        stream.show(first.source.inlet, 111, 0)
        first.send(packets.rtp(5, 1000, last), now=1.0)
        assert stream.length == {b"\x78": 960, b"\x79": 1920, b"\x7b\x03": 2880}[last]
        stream.show(second.source.inlet, 111, 0)
        length = stream.length
        second.send(packets.rtp(900, 77, b"\x78voice"), now=1.0 + pause)
        one, two = (parse_rtp(data) for data in ends.receive())
    step = two.ts - one.ts
    assert step % 960 == 0 and step >= length
    assert step == length or abs(step - pause * 48000) <= 480 + 1


def test_a_still_is_the_newest_key_frame_and_whole(subscriber: Ends) -> None:
    camera, stream = packets.Camera(subscriber.plane, 1, random.Random(8)), subscriber.stream()
    stream.show(camera.source.inlet, 96, 97)
    stream.show(None, 0, 0)
    for key, many in ((True, 3), (True, 100), (False, 2)):
        camera.film(1.0, key=key, packets=many)
    stream.show(camera.source.inlet, 96, 97)
    assert stream.still(1.5) and not stream.current
    assert len(subscriber.receive()) == 100
    assert stream.still(1.6), "whether again, others decide"


def test_there_is_no_still_of_what_is_not_whole_or_of_what_flows(subscriber: Ends) -> None:
    camera, stream = packets.Camera(subscriber.plane, 1, random.Random(9)), subscriber.stream()
    stream.show(camera.source.inlet, 96, 97)
    assert not stream.still(0.5), "of what has not come"
    stream.show(None, 0, 0)
    first, lost, last = camera.frame(key=True, packets=3)
    camera.send(first, last, now=1.0)
    stream.show(camera.source.inlet, 96, 97)
    assert not stream.still(1.1) and not subscriber.receive()
    camera.send(lost, now=1.2)
    assert stream.still(1.3) and len(subscriber.receive()) == 3
    camera.film(1.4, key=True)
    assert not stream.still(1.5) and len(subscriber.receive()) == 5


def test_a_camera_that_leapt_has_no_still(subscriber: Ends) -> None:
    camera, stream = packets.Camera(subscriber.plane, 1, random.Random(10)), subscriber.stream()
    camera.film(1.0, key=True)
    camera.seq += 20_000
    camera.film(1.1, key=False)
    stream.show(camera.source.inlet, 96, 97)
    assert not stream.still(1.2)
