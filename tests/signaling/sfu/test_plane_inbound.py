"""Both planes: what comes in is sorted, opened, counted, and put into its place."""

import random
from struct import pack

import pytest

from signaling.sfu.packet import Rtp, build_rtp, parse_rtp
from signaling.sfu.plane import GAPS, MOST_SENDERS, Stream
from signaling.sfu.rewrite import AHEAD, BEHIND
from signaling.sfu.rtcp import pli, receiver_report, sender_report

from . import packets
from .planes import Ends

KEY = packets.vp8(1, key=True)
STUN, DTLS, RTP = b"\0\1" + bytes(20), b"\x16" + bytes(20), b"\x80\x60" + bytes(20)


def word(seq: int, ts: int = 0, payload: bytes = b"\x78voice", **said: bytes) -> Rtp:
    return packets.rtp(seq, ts, payload)._replace(extensions={5: said["level"]} if said else {})


def picture(seq: int, payload: bytes = KEY, *, marker: bool = True) -> Rtp:
    return packets.rtp(seq, 0, payload, marker=marker)


def spoken(ssrc: int, seq: int = 1) -> bytes:
    return build_rtp(picture(seq)._replace(ssrc=ssrc))


def test_strangers_are_told_of_or_dropped_by_what_they_send(subscriber: Ends) -> None:
    plane = subscriber.plane
    for data in (STUN, DTLS, RTP, b"", b"\x16", bytes(12), b"\x41" * 40, b"\xff" * 40):
        subscriber.send(data)
    told = plane.receive(0, 1.0)
    assert told == [("datagram", data, subscriber.address) for data in (STUN, RTP)]
    assert (plane.received, plane.dropped) == (8, 6)


def test_who_is_bound_is_heard_and_who_is_not_any_more_is_a_stranger(subscriber: Ends) -> None:
    plane, line = subscriber.plane, subscriber.line
    plane.bind(subscriber.address, line)
    for data in (STUN, DTLS, RTP, b"\x41" * 40):
        subscriber.send(data)
    assert [event[1] for event in plane.receive(0, 1.0)] == [STUN, DTLS]
    assert (line.malformed, plane.dropped, line.heard_at) == (1, 1, -1)
    plane.unbind(subscriber.address)
    subscriber.send(RTP)
    assert [event[0] for event in plane.receive(0, 1.0)] == ["datagram"]


def test_a_datagram_of_next_to_nothing_is_no_packet(subscriber: Ends) -> None:
    for size in (0, 1, 2, 12):
        assert subscriber.plane.feed(subscriber.line, b"\x80" * size, 1.0) == (False, [])
    assert subscriber.line.malformed == 4


def test_a_packet_comes_in_and_goes_out_without_anybody_told(subscriber: Ends) -> None:
    plane, source, stream = subscriber.plane, subscriber.source(), subscriber.stream()
    plane.bind(subscriber.address, subscriber.line)
    stream.show(source, 96, 97)
    subscriber.send(subscriber.theirs.seal(build_rtp(picture(1))))
    assert plane.receive(0, 3.0) == []
    assert len(subscriber.receive()) == 1 and source.packets == 1
    assert subscriber.line.heard_at == source.last_at == source.key_at == 3.0


def test_what_was_said_once_is_not_heard_twice(subscriber: Ends) -> None:
    sealed = subscriber.theirs.seal(build_rtp(picture(1)))
    subscriber.source()
    assert subscriber.plane.feed(subscriber.line, sealed, 1.0) == (True, [])
    assert subscriber.plane.feed(subscriber.line, sealed, 1.0) == (False, [])
    assert subscriber.line.malformed == 1


def test_a_client_with_more_senders_than_a_browser_has_is_opened_no_more(subscriber: Ends) -> None:
    plane, line, theirs = subscriber.plane, subscriber.line, subscriber.theirs
    for ssrc in range(101, 100 + MOST_SENDERS):
        assert plane.feed(line, theirs.seal(spoken(ssrc)), 1.0)[0]
    assert plane.feed(line, theirs.seal_rtcp(pli(99)), 1.0)[0], "reports have a sender too"
    for ssrc in range(1000, 1050):
        assert plane.feed(line, theirs.seal(spoken(ssrc)), 1.0) == (False, [])
    assert line.malformed == 50
    assert plane.feed(line, theirs.seal(spoken(101, seq=2)), 2.0)[0], "what is known goes on"


def test_without_keys_nothing_is_believed(ends: Ends) -> None:
    sealed = ends.theirs.seal(build_rtp(picture(1)))
    assert ends.plane.feed(ends.line, sealed, 1.0) == (False, [])
    assert ends.line.malformed == 1


@pytest.mark.parametrize("tail", [b"", b"\0" * 1500])
def test_garbage_is_counted_and_gone(subscriber: Ends, tail: bytes) -> None:
    dice = random.Random(5)
    for _ in range(50):
        data = bytes((dice.randrange(128, 192),)) + dice.randbytes(dice.randrange(12, 60)) + tail
        assert subscriber.plane.feed(subscriber.line, data, 1.0) == (False, [])
    assert subscriber.line.malformed == 50


@pytest.mark.parametrize(
    "plain", [b"", bytes(20), b"\x80" * 11, b"\x9f" + bytes(30), b"\xa0" + bytes(11) + b"\xff"]
)
def test_plain_nonsense_is_malformed(subscriber: Ends, plain: bytes) -> None:
    assert subscriber.plane.inject(subscriber.line, plain, 1.0) == []
    assert subscriber.line.malformed == 1


def test_who_nobody_knows_is_told_of_until_it_is_learnt(subscriber: Ends) -> None:
    plain = build_rtp(picture(1))
    told = subscriber.plane.inject(subscriber.line, plain, 1.0)
    assert told == [("unknown", subscriber.line, plain)]
    source = subscriber.source()
    assert subscriber.plane.inject(subscriber.line, plain, 1.0) == [] and source.packets == 1
    subscriber.plane.drop(subscriber.line, source)
    assert subscriber.come(picture(2))[0][0] == "unknown"


def test_a_source_that_is_no_more_leaves_its_slots_standing(subscriber: Ends) -> None:
    source, stream = subscriber.source(), subscriber.stream()
    stream.show(source, 96, 97)
    subscriber.come(picture(1), picture(2, marker=False))
    subscriber.plane.drop(subscriber.line, source)
    subscriber.plane.flush(1.0)
    assert not subscriber.plane.waiting and len(subscriber.receive()) == 1
    newer = subscriber.source()
    stream.show(newer, 96, 97)
    subscriber.come(picture(9))
    assert len(subscriber.receive()) == 2 and stream.current is newer


def test_packets_are_counted_as_the_rfc_says(subscriber: Ends) -> None:
    source = subscriber.source(codec="opus", level_id=5)
    assert (source.base, source.top, source.last_at, source.key_at) == (-1, -1, -1, -1)
    assert source.loudest() == 127 and not source.has(65534)
    for n, seq in enumerate((65534, 65535, 1, 0, 1)):
        subscriber.come(word(seq, n * 960, level=bytes((0x80 | 30 + n,))), now=1 + n * 0.02)
    assert (source.base, source.top, source.packets) == (65534, 65537, 4)
    assert source.octets == 4 * 6 and source.last_ts == 1920 and source.last_at == 1.04
    assert source.loudest() == 30 and source.loudest() == 127
    assert all(source.has(seq) for seq in (65534, 65535, 0, 1)) and not source.has(2)
    assert subscriber.plane.dropped == 1 and source.key_at == -1


def test_uneven_arrival_is_jitter(subscriber: Ends) -> None:
    source = subscriber.source()
    for n in range(200):
        at = n / 30 + (0.01 if n % 2 else 0.0)
        subscriber.come(packets.rtp(n, n * 3000, KEY), now=at)
    assert 700 < source.jitter <= 900


def test_what_was_jumped_over_is_told(subscriber: Ends) -> None:
    source = subscriber.source()
    assert subscriber.come(picture(65530)) == []
    assert subscriber.come(picture(2)) == [("gap", source, 65531, 7)]
    assert subscriber.come(picture(1)) == []
    assert subscriber.come(picture(1002)) == [("gap", source, 1002 - GAPS, GAPS)]


def test_a_packet_that_comes_too_late_is_dropped(subscriber: Ends) -> None:
    source, stream = subscriber.source(), subscriber.stream()
    stream.show(source, 96, 97)
    subscriber.come(picture(1), picture(BEHIND + 500), picture(502))
    assert source.packets == 3 and len(subscriber.receive()) == 3
    subscriber.come(picture(502))
    assert source.packets == 3 and subscriber.plane.dropped == 1


def test_numbers_that_leap_are_a_new_beginning(subscriber: Ends) -> None:
    source, stream = subscriber.source(), subscriber.stream()
    stream.show(source, 96, 97)
    delta = packets.vp8(2, key=False)
    subscriber.come(picture(1), picture(2, delta))
    assert subscriber.come(picture(2 + AHEAD, delta)) == []
    assert stream.current is None and stream.wanted is source and source.packets == 3
    assert source.top - source.base + 1 == source.packets and not source.has(2)
    subscriber.come(picture(3 + AHEAD))
    assert stream.current is source and stream.switches == 2
    assert [parse_rtp(data).seq for data in subscriber.receive()] == [65531, 65532, 65533]


def test_a_voice_that_leaps_goes_on_at_once(subscriber: Ends) -> None:
    source, stream = subscriber.source(codec="opus"), subscriber.stream("audio")
    stream.show(source, 111, 0)
    subscriber.come(*(word(seq) for seq in (1, 2, 30_000, 30_001, 2)))
    assert len(subscriber.receive()) == 5 and source.packets == 5


class Mended:
    """A camera whose lost packets come again as RTX."""

    def __init__(self, ends: Ends) -> None:
        self.ends = ends
        self.source, self.stream = ends.source(), ends.stream()
        self.stream.show(self.source, 96, 97)
        ends.plane.repair(ends.line, 8, self.source)

    def again(self, seq: int, payload: bytes = KEY, number: int = 900) -> None:
        rtx = packets.rtp(number, 0, pack("!H", seq) + payload, ssrc=8, pt=97, marker=True)
        self.ends.come(rtx, now=2.0)


def test_a_resend_of_the_publisher_is_put_into_its_place(subscriber: Ends) -> None:
    mended = Mended(subscriber)
    subscriber.come(picture(1), picture(3))
    mended.again(2)
    sent = [parse_rtp(data) for data in subscriber.receive()]
    assert [packet.seq for packet in sent] == [65531, 65533, 65532]
    assert {(packet.ssrc, packet.pt, packet.marker) for packet in sent} == {(50, 96, True)}
    source = mended.source
    assert (source.packets, source.repaired, source.last_at) == (2, 1, 1.0) and source.has(2)


def test_a_resend_nobody_needs_is_dropped(subscriber: Ends) -> None:
    mended = Mended(subscriber)
    subscriber.come(picture(1), picture(2))
    mended.again(2)
    mended.again(2 + AHEAD)
    subscriber.come(packets.rtp(901, 0, b"", ssrc=8))  # padding, to try the line
    assert mended.source.repaired == 0 and subscriber.plane.dropped == 3
    assert len(subscriber.receive()) == 2


def test_a_source_gone_takes_its_resends_along(subscriber: Ends) -> None:
    mended = Mended(subscriber)
    subscriber.plane.drop(subscriber.line, mended.source)
    told = subscriber.come(packets.rtp(1, 0, b"\0\1abc", ssrc=8))
    assert told[0][0] == "unknown"


def test_rtcp_for_others_is_told_and_other_rtcp_is_not(subscriber: Ends) -> None:
    report, bye = sender_report(7, 1.0, 2, 3, 4), pack("!BBHI", 0x81, 203, 1, 7)
    for plain in (report, bye, pli(50), receiver_report([]) + pli(50)):
        assert subscriber.hear(plain) == [("control", subscriber.line, plain)]
    assert subscriber.hear(receiver_report([])) == []
    assert subscriber.hear(pli(50)[:-4] + b"\0") == [] and subscriber.line.malformed == 1


def test_layers_in_time_are_counted(subscriber: Ends) -> None:
    source: Stream | object = subscriber.source()
    inlet = subscriber.source()
    assert inlet.tids == 1 and source is not inlet
    for n, tid in enumerate((0, 2, 1, 2)):
        subscriber.come(picture(n + 1, packets.layered(n, tid, key=n == 0)))
    assert inlet.tids == 3
