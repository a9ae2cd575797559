"""A slot: what a subscriber gets, and gets again."""

import random

from signaling.sfu.codecs import Arrival, arrive
from signaling.sfu.history import Allowance
from signaling.sfu.packet import parse_rtp
from signaling.sfu.rtcp import SenderReport, parse_rtcp
from signaling.sfu.slots import Format, Slot
from signaling.sfu.splice import Start
from signaling.sfu.tracks import Source

from . import packets


class Wire:
    """A subscriber's line whose seal is a mark; what is sealed twice is noticed."""

    def __init__(self) -> None:
        self.link_bps = 10_000_000
        self.allowance = Allowance()
        self.sent: list[bytes] = []
        self.sealed: set[tuple[int, int]] = set()

    def seal(self, plain: bytes) -> bytes:
        packet = parse_rtp(plain)
        assert (packet.ssrc, packet.seq) not in self.sealed
        self.sealed.add((packet.ssrc, packet.seq))
        return plain

    def send(self, sealed: bytes) -> None:
        self.sent.append(sealed)


def video(wire: Wire) -> Slot:
    form = Format("3", "video", {"VP8": (96, 97), "H264": (102, 0)}, mid_id=4, time_id=2)
    return Slot(form, wire, ssrc=50, rtx_ssrc=51, start=Start(65530, 0, 0, 0))


def sound(wire: Wire) -> Slot:
    form = Format("1", "audio", {"opus": (111, 0)}, mid_id=4)
    return Slot(form, wire, ssrc=60, rtx_ssrc=61, start=Start(65530, 0, 0, 0))


def play(source: Source, arrivals: list[Arrival]) -> None:
    for arrival in arrivals:
        for taker in tuple(source.takers):
            taker.take(source, arrival)


def test_a_packet_goes_out_as_the_subscriber_numbered_things() -> None:
    wire, camera = Wire(), packets.Camera(1, random.Random(1))
    slot = video(wire)
    slot.show(camera.source, 0.0)
    play(camera.source, camera.frame(0.5, key=True, packets=1))
    packet = parse_rtp(wire.sent[0])
    assert (packet.pt, packet.ssrc, packet.extensions[4]) == (96, 50, b"3")
    assert slot.source is camera.source and slot.switches == 1


def test_a_lost_picture_comes_again_as_rtx() -> None:
    wire, camera = Wire(), packets.Camera(1, random.Random(2))
    slot = video(wire)
    slot.show(camera.source, 0.0)
    for n in range(10):
        play(camera.source, camera.frame(n / 15, key=n == 0))
    lost = parse_rtp(wire.sent[7])
    slot.resend((lost.seq,), 1.0)
    again = parse_rtp(wire.sent[-1])
    assert (again.pt, again.ssrc, again.ts, again.extensions[4]) == (97, 51, lost.ts, b"3")
    assert again.payload == lost.seq.to_bytes(2, "big") + lost.payload


def test_a_lost_word_comes_again_bit_for_bit() -> None:
    wire, slot = Wire(), None
    source, _ = packets.source("opus")
    slot = sound(wire)
    slot.show(source, 0.0)
    for n in range(10):
        play(source, [arrive("opus", packets.rtp(n, n * 960, b"\x78" + bytes([n])), n / 50)])
    slot.resend((parse_rtp(wire.sent[4]).seq,), 1.0)
    assert wire.sent[-1] == wire.sent[4] and len(wire.sent) == 11


def test_after_a_switch_nothing_of_the_old_picture_comes_again() -> None:
    wire, dice = Wire(), random.Random(3)
    old, new = packets.Camera(1, dice), packets.Camera(2, dice)
    slot = video(wire)
    slot.show(old.source, 0.0)
    play(old.source, old.frame(0.0, key=True))
    slot.show(new.source, 0.1)
    play(new.source, new.frame(0.1, key=True))
    slot.resend((parse_rtp(wire.sent[0]).seq,), 0.2)
    assert len(wire.sent) == 4 and slot.asked == 1 and slot.resent == 0


def test_a_storm_of_asks_is_not_answered_with_a_storm() -> None:
    wire, camera = Wire(), packets.Camera(1, random.Random(4))
    wire.link_bps = 100_000
    slot = video(wire)
    slot.show(camera.source, 0.0)
    for n in range(200):
        play(camera.source, camera.frame(n / 100, key=n == 0))
    seqs = tuple(parse_rtp(data).seq for data in wire.sent)
    for n in range(100):
        slot.resend(seqs, 2.0 + n / 100)
    octets = sum(len(data) for data in wire.sent[len(seqs) :])
    assert octets * 8 < 1.5 * 100_000  # a quarter of the link, and what was in advance


def test_a_codec_the_subscriber_does_not_know_is_not_shown() -> None:
    slot = sound(Wire())
    source, _ = packets.source("VP8")
    slot.show(source, 0.0)
    assert not source.takers


def test_a_plea_of_the_subscriber_reaches_the_publisher() -> None:
    camera, slot = packets.Camera(1, random.Random(5)), video(Wire())
    slot.ask_key(0.0)
    slot.show(camera.source, 0.0)
    slot.ask_key(1.0)
    assert camera.pleas == [1, 1]


def test_the_slot_says_what_time_it_is_in_its_own_time() -> None:
    wire, camera = Wire(), packets.Camera(1, random.Random(6))
    slot = video(wire)
    assert slot.report(0.0, 0.0) is None
    slot.show(camera.source, 0.0)
    play(camera.source, camera.frame(1.0, key=True))
    [report] = parse_rtcp(slot.report(2.0, 1000.0) or b"")
    assert isinstance(report, SenderReport)
    assert report.rtp == parse_rtp(wire.sent[-1]).ts + 90000
