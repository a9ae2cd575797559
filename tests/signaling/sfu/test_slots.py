"""A slot: what a subscriber is shown, and what it asks for."""

import random

from signaling.sfu import vp8
from signaling.sfu.keyframes import GAP
from signaling.sfu.packet import parse_rtp
from signaling.sfu.plane import Plane
from signaling.sfu.rtcp import SenderReport, parse_rtcp
from signaling.sfu.slots import Format, Slot

from . import packets
from .planes import START, Ends


def video(subscriber: Ends) -> Slot:
    form = Format("3", "video", {"VP8": (96, 97), "H264": (102, 0)}, mid_id=4, time_id=2)
    return Slot(form, subscriber.line, subscriber.plane, ssrc=50, rtx_ssrc=51, start=START)


def sound(subscriber: Ends) -> Slot:
    form = Format("1", "audio", {"opus": (111, 0)}, mid_id=4)
    return Slot(form, subscriber.line, subscriber.plane, ssrc=60, rtx_ssrc=61, start=START)


def camera(plane: Plane, seed: int, ssrc: int = 1) -> packets.Camera:
    return packets.Camera(plane, ssrc, random.Random(seed))


def test_a_packet_goes_out_as_the_subscriber_numbered_things(subscriber: Ends) -> None:
    teacher, slot = camera(subscriber.plane, 1), video(subscriber)
    slot.show(teacher.source, 0.0)
    assert slot.source is None and teacher.pleas == [1]
    teacher.film(0.5, key=True, packets=1)
    packet = parse_rtp(subscriber.receive()[0])
    assert (packet.pt, packet.ssrc, packet.extensions[4]) == (96, 50, b"3")
    assert slot.source is teacher.source and slot.stream.switches == 1


def test_the_old_picture_stays_until_the_new_one_begins(subscriber: Ends) -> None:
    old, new = camera(subscriber.plane, 2), camera(subscriber.plane, 3, 2)
    slot = video(subscriber)
    slot.show(old.source, 0.0)
    old.film(0.0, key=True)
    slot.show(new.source, 0.1)
    assert new.pleas == [2] and slot.source is old.source and slot.wanted is new.source
    new.film(0.1, key=False)
    old.film(0.1, key=False)
    assert len(subscriber.receive()) == 4
    new.film(0.2, key=True)
    old.film(0.3, key=True)
    assert len(subscriber.receive()) == 6 and slot.source is new.source


def test_a_codec_the_subscriber_does_not_know_is_not_shown(subscriber: Ends) -> None:
    slot = sound(subscriber)
    slot.show(camera(subscriber.plane, 4).source, 0.0)
    assert slot.wanted is None and slot.stream.wanted is None


def test_an_emptied_slot_is_silent(subscriber: Ends) -> None:
    teacher, slot = camera(subscriber.plane, 5), video(subscriber)
    slot.show(teacher.source, 0.0)
    teacher.film(0.0, key=True)
    slot.show(None, 0.1)
    teacher.film(0.1, key=True)
    assert len(subscriber.receive()) == 2 and slot.source is None


def test_a_plea_of_the_subscriber_reaches_the_publisher(subscriber: Ends) -> None:
    teacher, slot = camera(subscriber.plane, 6), video(subscriber)
    slot.ask_key(0.0)
    slot.show(teacher.source, 0.0)
    slot.ask_key(1.0)
    assert teacher.pleas == [1, 1]


def test_a_camera_that_leapt_is_asked_for_a_beginning(subscriber: Ends) -> None:
    teacher, slot = camera(subscriber.plane, 7), video(subscriber)
    slot.show(teacher.source, 0.0)
    teacher.film(0.0, key=True)
    slot.wake(1.0)
    assert teacher.pleas == [1]
    teacher.seq += 20_000
    teacher.film(1.1, key=False)
    slot.wake(2.0)
    assert teacher.pleas == [1, 1]


def test_the_slot_says_what_time_it_is_in_its_own_time(subscriber: Ends) -> None:
    teacher, slot = camera(subscriber.plane, 8), video(subscriber)
    slot.show(teacher.source, 0.0)
    subscriber.line.report(0.5, 0.0)
    teacher.film(1.0, key=True)
    subscriber.line.report(2.0, 1000.0)
    newest = parse_rtp(subscriber.receive()[-1])
    [said] = subscriber.said
    [report] = parse_rtcp(said)
    assert isinstance(report, SenderReport)
    assert report.rtp == newest.ts + 90000


def test_who_comes_behind_a_key_frame_sees_it_at_once_and_then_waits(subscriber: Ends) -> None:
    teacher, slot = camera(subscriber.plane, 9), video(subscriber)
    teacher.film(1.0, key=True)
    teacher.film(1.1, key=False)
    slot.show(teacher.source, 1.5)
    still = [parse_rtp(packet) for packet in subscriber.receive()]
    where = vp8.describe(still[0].payload)
    assert where is not None and where.key and len(still) == 2 and still[-1].marker
    assert slot.source is None
    slot.wake(1.6)
    teacher.film(1.7, key=False)
    assert len(subscriber.receive()) == 2, "once, and nothing that needs what was not sent"
    teacher.film(2.0, key=True)
    flowing = [parse_rtp(packet) for packet in subscriber.receive()[2:]]
    assert flowing[0].seq == still[-1].seq + 1 and flowing[0].ts - still[0].ts == 90_000
    assert slot.source is teacher.source


def test_nobody_is_shown_what_was_there_long_ago(subscriber: Ends) -> None:
    teacher, slot = camera(subscriber.plane, 10), video(subscriber)
    teacher.film(1.0, key=True)
    slot.show(teacher.source, 1.0 + GAP)
    assert not subscriber.receive() and teacher.pleas == [1]


def test_a_new_picture_does_not_stand_still_while_the_old_one_moves(subscriber: Ends) -> None:
    old, new, slot = (
        camera(subscriber.plane, 11),
        camera(subscriber.plane, 12, 2),
        video(subscriber),
    )
    slot.show(old.source, 0.0)
    old.film(0.0, key=True)
    new.film(0.1, key=True)
    slot.show(new.source, 0.2)
    assert len(subscriber.receive()) == 2 and slot.source is old.source
