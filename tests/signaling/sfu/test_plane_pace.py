"""Both planes: a line is not filled faster than it may be, and sound never waits."""

import random

from signaling.sfu.packet import parse_rtp
from signaling.sfu.plane import PACE_BYTES, PACE_LEAST, PUMP

from . import packets
from .planes import Ends


def shown(ends: Ends) -> packets.Camera:
    camera, stream = packets.Camera(ends.plane, 1, random.Random(1)), ends.stream()
    stream.show(camera.source.inlet, 96, 97)
    return camera


def film(camera: packets.Camera, count: int, now: float) -> None:
    camera.send(*camera.frame(key=True, packets=count, size=1000), now=now)


def test_without_a_rate_nothing_waits(subscriber: Ends) -> None:
    film(shown(subscriber), 60, 1.0)
    assert len(subscriber.receive()) == 60 and not subscriber.plane.pacing


def test_video_goes_out_at_its_rate(subscriber: Ends) -> None:
    camera, line = shown(subscriber), subscriber.line
    line.pace(800_000)
    film(camera, 50, 1.0)
    burst = sum(map(len, subscriber.raw)) if subscriber.receive() else 0
    assert burst <= PACE_BYTES and subscriber.plane.pacing and line.waiting > 40_000
    for n in range(1, 101):
        subscriber.plane.pump(1.0 + n * PUMP)
    subscriber.receive()
    octets = sum(map(len, subscriber.raw)) - burst
    assert abs(octets - 800_000 / 8 * 0.5) < 2200 or line.waiting == 0
    for n in range(100):
        subscriber.plane.pump(1.6 + n * PUMP)
    assert not subscriber.plane.pacing and line.waiting == 0
    seqs = [parse_rtp(data).seq for data in subscriber.receive()]
    assert seqs == [(65531 + n) & 0xFFFF for n in range(50)]


def test_what_waits_for_a_line_that_has_become_thin_is_dropped(subscriber: Ends) -> None:
    camera, line, plane = shown(subscriber), subscriber.line, subscriber.plane
    line.pace(800_000)
    film(camera, 50, 1.0)
    first = len(subscriber.receive())
    assert line.waiting > 40_000
    line.drop()
    assert line.waiting == 0 and plane.refused == 50 - first
    plane.pump(2.0)
    assert len(subscriber.receive()) == first and not plane.pacing
    film(camera, 1, 3.0)
    assert len(subscriber.receive()) == first + 1


def test_what_comes_later_does_not_overtake(subscriber: Ends) -> None:
    camera = shown(subscriber)
    subscriber.line.pace(800_000)
    film(camera, 10, 1.0)
    film(camera, 1, 9.0)
    subscriber.plane.pump(9.0)
    subscriber.line.pace(0)
    subscriber.plane.pump(9.1)
    assert [parse_rtp(d).seq for d in subscriber.receive()] == [
        (65531 + n) & 0xFFFF for n in range(11)
    ]
    assert not subscriber.plane.pacing


def test_more_than_a_little_does_not_wait(subscriber: Ends) -> None:
    camera, line = shown(subscriber), subscriber.line
    line.pace(100_000)
    for n in range(4):
        film(camera, 30, 1.0 + n / 1000)
    assert PACE_LEAST - 1200 < line.waiting <= PACE_LEAST
    went = len(subscriber.receive())
    assert subscriber.plane.refused > 30
    assert subscriber.plane.sent == went


def test_sound_does_not_wait_behind_pictures(subscriber: Ends) -> None:
    camera = shown(subscriber)
    teacher, stream = packets.Publisher(subscriber.plane, "opus", 9), subscriber.stream("audio", 60)
    stream.show(teacher.source.inlet, 111, 0)
    subscriber.line.pace(100_000)
    film(camera, 20, 1.0)
    before = len(subscriber.receive())
    teacher.send(packets.rtp(1, 0, b"\x78a"), now=1.0)
    assert [parse_rtp(data).ssrc for data in subscriber.receive()[before:]] == [60]
