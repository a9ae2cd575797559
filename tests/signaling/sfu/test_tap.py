"""What is taped is one stream in lesson time, whoever's layer it comes from."""

import random

from signaling.sfu.codecs import arrive
from signaling.sfu.packet import Rtp, parse_rtp
from signaling.sfu.rtcp import SenderReport
from signaling.sfu.tap import Tap
from synclass.tape import Report, TrackOpened

from . import packets


def feed(tap: Tap, camera: packets.Camera, now: float, *, key: bool) -> None:
    for arrival in camera.frame(now, key=key):
        for taker in tuple(camera.source.takers):
            taker.take(camera.source, arrival)


def test_the_tape_has_plain_packets_and_lesson_time() -> None:
    camera = packets.Camera(1, random.Random(1))
    tap = Tap("math", "teacher", "camera", origin=100.0)
    tap.show(camera.source, 100.0)
    assert tap.open("VP8", 100.0) == TrackOpened("math", tap.who, "camera", "VP8")
    feed(tap, camera, 101.5, key=True)
    taped = tap.fetch()
    assert taped is not None and [at for at, _ in taped.packets] == [1.5, 1.5]
    plain = [parse_rtp(data) for _, data in taped.packets]
    assert [packet.seq for packet in plain] == [1, 2]
    assert all(
        not p.extensions and len(d) == 12 + len(p.payload)
        for p, (_, d) in zip(plain, taped.packets, strict=True)
    )
    assert tap.fetch() is None


def test_a_change_of_layer_leaves_no_hole_in_the_tape() -> None:
    dice = random.Random(2)
    small, best = packets.Camera(1, dice), packets.Camera(2, dice)
    tap = Tap("math", "teacher", "camera", origin=0.0)
    tap.show(small.source, 0.0)
    feed(tap, small, 1.0, key=True)
    tap.show(best.source, 1.0)
    feed(tap, best, 1.1, key=False)
    feed(tap, best, 1.2, key=True)
    taped = tap.fetch()
    assert taped is not None
    assert [parse_rtp(data).seq for _, data in taped.packets] == [1, 2, 3, 4]


def test_a_tape_opened_again_begins_with_a_key_frame() -> None:
    camera = packets.Camera(1, random.Random(4))
    tap = Tap("math", "teacher", "camera", origin=0.0)
    tap.show(camera.source, 0.0)
    feed(tap, camera, 1.0, key=True)
    tap.open("VP8", 1.0)
    feed(tap, camera, 1.1, key=False)
    assert tap.fetch() is None and camera.pleas
    feed(tap, camera, 1.2, key=True)
    assert tap.fetch() is not None


def test_a_report_is_told_in_the_tapes_own_time() -> None:
    camera = packets.Camera(1, random.Random(3))
    tap = Tap("math", "teacher", "camera", origin=0.0)
    tap.show(camera.source, 0.0)
    feed(tap, camera, 1.0, key=True)
    said = SenderReport(1, 5 << 32, camera.ts + 900 & 0xFFFFFFFF)
    report = tap.reported(camera.source.track, said, 1.01)
    assert report == Report("math", tap.who, "camera", 5.0, 900, 1.01)
    assert tap.clock() == (0, 1.0)
    other = said._replace(ssrc=9)
    assert tap.reported(camera.source.track, other, 1.0) is None


def test_padding_is_not_taped() -> None:
    source, _ = packets.source("opus")
    tap = Tap("math", "teacher", "voice", origin=0.0)
    tap.show(source, 0.0)
    silent = Rtp(False, 111, 2, 0, 7, {}, b"")
    tap.take(source, arrive("opus", packets.rtp(1, 0, b"\x78a"), 0.0))
    tap.take(source, arrive("opus", silent, 0.0))
    taped = tap.fetch()
    assert taped is not None and len(taped.packets) == 1
