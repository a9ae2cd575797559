"""A slot: what a subscriber gets, and gets again."""

import random

from signaling.sfu.codecs import Arrival, arrive
from signaling.sfu.frames import Frames
from signaling.sfu.numbering import Start
from signaling.sfu.packet import parse_rtp
from signaling.sfu.rtcp import SenderReport, parse_rtcp
from signaling.sfu.slots import Format, Slot
from signaling.sfu.tracks import Source

from . import packets
from .planes import Subscriber


def video(subscriber: Subscriber) -> Slot:
    form = Format("3", "video", {"VP8": (96, 97), "H264": (102, 0)}, mid_id=4, time_id=2)
    start = Start(65530, 0, 0, 0)
    return Slot(form, subscriber, subscriber.plane, ssrc=50, rtx_ssrc=51, start=start)


def sound(subscriber: Subscriber) -> Slot:
    form = Format("1", "audio", {"opus": (111, 0)}, mid_id=4)
    start = Start(65530, 0, 0, 0)
    return Slot(form, subscriber, subscriber.plane, ssrc=60, rtx_ssrc=61, start=start)


def play(subscriber: Subscriber, source: Source, arrivals: list[Arrival]) -> list[bytes]:
    """-> all that went out until now."""
    frames = Frames(subscriber.plane)
    for arrival in arrivals:
        frames.add(source, arrival)
    frames.flush()
    return subscriber.receive()


def test_a_packet_goes_out_as_the_subscriber_numbered_things(subscriber: Subscriber) -> None:
    camera = packets.Camera(1, random.Random(1))
    slot = video(subscriber)
    slot.show(camera.source, 0.0)
    play(subscriber, camera.source, camera.frame(0.5, key=True, packets=1))
    packet = parse_rtp(subscriber.sent[0])
    assert (packet.pt, packet.ssrc, packet.extensions[4]) == (96, 50, b"3")
    assert slot.source is camera.source and slot.switches == 1


def test_a_lost_picture_comes_again_as_rtx(subscriber: Subscriber) -> None:
    camera = packets.Camera(1, random.Random(2))
    slot = video(subscriber)
    slot.show(camera.source, 0.0)
    for n in range(10):
        play(subscriber, camera.source, camera.frame(n / 15, key=n == 0))
    lost = parse_rtp(subscriber.sent[7])
    slot.resend((lost.seq,), 1.0)
    again = parse_rtp(subscriber.receive()[-1])
    assert (again.pt, again.ssrc, again.ts, again.extensions[4]) == (97, 51, lost.ts, b"3")
    assert again.payload == lost.seq.to_bytes(2, "big") + lost.payload


def test_a_lost_word_comes_again_bit_for_bit(subscriber: Subscriber) -> None:
    source, _ = packets.source("opus")
    slot = sound(subscriber)
    slot.show(source, 0.0)
    for n in range(10):
        word = packets.rtp(n, n * 960, b"\x78" + bytes([n]))
        play(subscriber, source, [arrive("opus", word, n / 50)])
    slot.resend((parse_rtp(subscriber.sent[4]).seq,), 1.0)
    subscriber.receive()
    assert subscriber.raw[-1] == subscriber.raw[4] and len(subscriber.raw) == 11


def test_after_a_switch_nothing_of_the_old_picture_comes_again(subscriber: Subscriber) -> None:
    dice = random.Random(3)
    old, new = packets.Camera(1, dice), packets.Camera(2, dice)
    slot = video(subscriber)
    slot.show(old.source, 0.0)
    play(subscriber, old.source, old.frame(0.0, key=True))
    slot.show(new.source, 0.1)
    play(subscriber, new.source, new.frame(0.1, key=True))
    slot.resend((parse_rtp(subscriber.sent[0]).seq,), 0.2)
    assert len(subscriber.receive()) == 4 and slot.asked == 1 and slot.resent == 0


def test_a_storm_of_asks_is_not_answered_with_a_storm(subscriber: Subscriber) -> None:
    camera = packets.Camera(1, random.Random(4))
    subscriber.link_bps = 100_000
    slot = video(subscriber)
    slot.show(camera.source, 0.0)
    for n in range(200):
        play(subscriber, camera.source, camera.frame(n / 100, key=n == 0))
    seqs = tuple(parse_rtp(data).seq for data in subscriber.sent)
    for n in range(100):
        slot.resend(seqs, 2.0 + n / 100)
    octets = sum(len(data) for data in subscriber.receive()[len(seqs) :])
    assert octets * 8 < 1.5 * 100_000  # a quarter of the link, and what was in advance


def test_a_codec_the_subscriber_does_not_know_is_not_shown(subscriber: Subscriber) -> None:
    slot = sound(subscriber)
    source, _ = packets.source("VP8")
    slot.show(source, 0.0)
    assert not source.takers


def test_a_plea_of_the_subscriber_reaches_the_publisher(subscriber: Subscriber) -> None:
    camera, slot = packets.Camera(1, random.Random(5)), video(subscriber)
    slot.ask_key(0.0)
    slot.show(camera.source, 0.0)
    slot.ask_key(1.0)
    assert camera.pleas == [1, 1]


def test_the_slot_says_what_time_it_is_in_its_own_time(subscriber: Subscriber) -> None:
    camera = packets.Camera(1, random.Random(6))
    slot = video(subscriber)
    assert slot.report(0.0, 0.0) is None
    slot.show(camera.source, 0.0)
    play(subscriber, camera.source, camera.frame(1.0, key=True))
    [report] = parse_rtcp(slot.report(2.0, 1000.0) or b"")
    assert isinstance(report, SenderReport)
    assert report.rtp == parse_rtp(subscriber.sent[-1]).ts + 90000
