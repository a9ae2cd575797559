"""What is taped is one stream in lesson time, whoever's layer it comes from."""

import random

import pytest

from signaling.sfu.packet import parse_rtp
from signaling.sfu.plane import Plane
from signaling.sfu.rtcp import SenderReport
from signaling.sfu.tap import Tap
from synclass.tape import Report, TrackOpened
from synclass.words import TrackName

from . import packets
from .planes import NAMES, made


@pytest.fixture(params=NAMES)
def plane(request: pytest.FixtureRequest) -> Plane:
    return made(request.param, [])


def tap_of(plane: Plane, name: TrackName = "camera", origin: float = 0.0) -> Tap:
    return Tap("math", "teacher", name, plane=plane, origin=origin)


def test_the_tape_has_plain_packets_and_lesson_time(plane: Plane) -> None:
    camera = packets.Camera(plane, 1, random.Random(1))
    tap = tap_of(plane, origin=100.0)
    tap.show(camera.source, 100.0)
    assert tap.open("VP8", 100.0) == TrackOpened("math", tap.who, "camera", "VP8", locked=True)
    camera.film(101.5, key=True)
    taped = tap.fetch()
    assert taped is not None and [at for at, _ in taped.packets] == [1.5, 1.5]
    plain = [parse_rtp(data) for _, data in taped.packets]
    assert [(packet.seq, packet.pt) for packet in plain] == [(1, 96), (2, 96)]
    assert all(
        not p.extensions and len(d) == 12 + len(p.payload)
        for p, (_, d) in zip(plain, taped.packets, strict=True)
    )
    assert tap.fetch() is None


def test_a_change_of_layer_leaves_no_hole_in_the_tape(plane: Plane) -> None:
    dice = random.Random(2)
    small, best = packets.Camera(plane, 1, dice), packets.Camera(plane, 2, dice)
    tap = tap_of(plane)
    tap.show(small.source, 0.0)
    small.film(1.0, key=True)
    tap.show(best.source, 1.0)
    best.film(1.1, key=False)
    best.film(1.2, key=True)
    taped = tap.fetch()
    assert taped is not None
    assert [parse_rtp(data).seq for _, data in taped.packets] == [1, 2, 3, 4]


def test_a_tape_opened_again_begins_with_a_key_frame(plane: Plane) -> None:
    camera = packets.Camera(plane, 1, random.Random(4))
    tap = tap_of(plane)
    tap.show(camera.source, 0.0)
    camera.film(1.0, key=True)
    camera.pleas.clear()
    tap.open("VP8", 1.0)
    camera.film(1.1, key=False)
    assert tap.fetch() is None and camera.pleas
    camera.film(1.2, key=True)
    assert tap.fetch() is not None


def test_a_report_is_told_in_the_tapes_own_time(plane: Plane) -> None:
    camera = packets.Camera(plane, 1, random.Random(3))
    tap = tap_of(plane)
    assert tap.clock() is None
    tap.show(camera.source, 0.0)
    camera.film(1.0, key=True)
    said = SenderReport(1, 5 << 32, camera.ts + 900 & 0xFFFFFFFF)
    report = tap.reported(camera.track, said, 1.01)
    assert report == Report("math", tap.who, "camera", 5.0, 900, 1.01)
    assert tap.clock() == (0, 1.0)
    other = said._replace(ssrc=9)
    assert tap.reported(camera.track, other, 1.0) is None


def test_padding_is_not_taped(plane: Plane) -> None:
    teacher = packets.Publisher(plane, "opus")
    tap = tap_of(plane, "voice")
    tap.show(teacher.source, 0.0)
    teacher.send(packets.rtp(1, 0, b"\x78a"), packets.rtp(2, 0, b""), now=0.0)
    taped = tap.fetch()
    assert taped is not None and len(taped.packets) == 1
