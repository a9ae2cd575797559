"""Both planes: what got lost comes again, within bounds; and what subscribers say is heard."""

import random
from struct import pack

from signaling.sfu.history import TIMES
from signaling.sfu.packet import abs_send_time, parse_rtp
from signaling.sfu.plane import KEPT, KEPT_SEALED, KEPT_SOUND, REPORTS, Stream
from signaling.sfu.rtcp import NTP_EPOCH, SenderReport, parse_rtcp, receiver_report, remb

from . import packets
from .planes import Ends


class Show:
    """A subscriber who is shown a camera."""

    def __init__(self, ends: Ends, *, rtx: int = 97) -> None:
        self.ends = ends
        self.camera = packets.Camera(ends.plane, 1, random.Random(2))
        self.stream = ends.stream()
        self.stream.show(self.camera.source.inlet, 96, rtx)

    def film(self, frames: int) -> list[int]:
        """-> the numbers of what went out."""
        for n in range(frames):
            self.camera.film(n / 15, key=n == 0)
        return [parse_rtp(data).seq for data in self.ends.receive()]


def miss(ends: Ends, seqs: list[int], now: float = 20.0, ssrc: int = 50) -> list[bytes]:
    """NACK these; -> what comes then."""
    before = len(ends.receive())
    nack = pack("!BBHII", 0x81, 205, 2 + len(seqs), 1, ssrc)
    assert ends.hear(nack + b"".join(pack("!HH", seq, 0) for seq in seqs), now) == []
    return ends.receive()[before:]


def test_a_lost_picture_comes_again_as_rtx(subscriber: Ends) -> None:
    show = Show(subscriber)
    show.film(10)
    lost = parse_rtp(subscriber.sent[7])
    [data] = miss(subscriber, [lost.seq])
    again = parse_rtp(data)
    assert (again.pt, again.ssrc, again.ts, again.marker) == (97, 1050, lost.ts, lost.marker)
    assert again.extensions == {4: b"3", 2: abs_send_time(20.0)}
    assert again.payload == lost.seq.to_bytes(2, "big") + lost.payload
    assert (show.stream.asked, show.stream.resent, subscriber.line.resent) == (1, 1, 1)
    [data] = miss(subscriber, [lost.seq], 21.0)
    assert parse_rtp(data).seq == again.seq + 1 & 0xFFFF


def test_a_lost_word_comes_again_bit_for_bit(subscriber: Ends) -> None:
    teacher, stream = packets.Publisher(subscriber.plane, "opus"), subscriber.stream("audio")
    stream.show(teacher.source.inlet, 111, 0)
    for n in range(10):
        teacher.send(packets.rtp(n, n * 960, b"\x78" + bytes([n])), now=n / 50)
    seq = parse_rtp(subscriber.receive()[4]).seq
    miss(subscriber, [seq])
    assert subscriber.raw[-1] == subscriber.raw[4] and len(subscriber.raw) == 11


def test_a_picture_for_who_has_no_rtx_comes_again_bit_for_bit(subscriber: Ends) -> None:
    show = Show(subscriber, rtx=0)
    seqs = show.film(3)
    miss(subscriber, seqs[2:3])
    assert subscriber.raw[-1] == subscriber.raw[2] and len(subscriber.raw) == 7


def test_what_comes_late_after_all_was_forgotten_comes_again(subscriber: Ends) -> None:
    """That is so where RTX is agreed on in the middle of the lesson."""
    source, stream = subscriber.source(), subscriber.stream()
    stream.show(source, 96, 0)
    for number in (1, 3):
        payload = packets.vp8(number, key=number == 1)
        subscriber.come(packets.rtp(number, number * 3000, payload, marker=True))
    stream.show(source, 96, 97)
    subscriber.come(packets.rtp(2, 6000, packets.vp8(2, key=False), marker=True))
    first, newest, late = (parse_rtp(data).seq for data in subscriber.receive())
    assert miss(subscriber, [first, newest]) == []
    [data] = miss(subscriber, [late])
    assert parse_rtp(data).payload[:2] == late.to_bytes(2, "big")


def test_a_mask_names_sixteen_more(subscriber: Ends) -> None:
    show = Show(subscriber)
    seqs = show.film(6)
    nack = pack("!BBHIIHH", 0x81, 205, 3, 1, 50, seqs[1], 0b101)
    subscriber.hear(nack, 20.0)
    again = [parse_rtp(data).payload[:2] for data in subscriber.receive()[12:]]
    assert again == [seqs[n].to_bytes(2, "big") for n in (1, 2, 4)] and show.stream.asked == 3


def test_a_packet_is_sent_again_a_few_times_and_not_at_once(subscriber: Ends) -> None:
    show = Show(subscriber)
    [seq, *_] = show.film(1)
    answers = [len(miss(subscriber, [seq], 10 + n / 100)) for n in range(100)]
    assert sum(answers) == TIMES and answers[:3] == [1, 0, 0]
    assert show.stream.asked == 1, "however often"


def test_what_was_never_sent_or_long_ago_does_not_come(subscriber: Ends) -> None:
    show = Show(subscriber)
    seqs = show.film(KEPT // 2 + 1)
    assert not miss(subscriber, [seqs[0] - 1 & 0xFFFF, seqs[-1] + 1 & 0xFFFF, seqs[0], seqs[1]])
    assert len(miss(subscriber, [seqs[2]])) == 1


def test_sealed_packets_are_kept_for_a_shorter_while(subscriber: Ends) -> None:
    show = Show(subscriber, rtx=0)
    seqs = show.film(100)
    assert not miss(subscriber, [seqs[-KEPT_SEALED - 1]])
    miss(subscriber, [seqs[-KEPT_SEALED]])
    assert show.stream.resent == 1
    teacher, stream = packets.Publisher(subscriber.plane, "opus"), subscriber.stream("audio", 60)
    stream.show(teacher.source.inlet, 111, 0)
    teacher.send(*(packets.rtp(n, n * 960, b"\x78a") for n in range(100)), now=9.0)
    miss(subscriber, [65530 + 100 - KEPT_SOUND & 0xFFFF], ssrc=60)
    assert stream.resent == 0
    miss(subscriber, [65530 + 101 - KEPT_SOUND & 0xFFFF], ssrc=60)
    assert stream.resent == 1


def test_after_a_switch_nothing_of_the_old_picture_comes_again(subscriber: Ends) -> None:
    show = Show(subscriber)
    seqs = show.film(1)
    other = packets.Camera(subscriber.plane, 2, random.Random(3))
    show.stream.show(other.source.inlet, 96, 97)
    other.film(0.5, key=True)
    assert len(subscriber.receive()) == 4
    assert not miss(subscriber, seqs) and show.stream.asked == 0
    assert len(miss(subscriber, [seqs[1] + 1])) == 1


def test_a_storm_of_asks_is_not_answered_with_a_storm(subscriber: Ends) -> None:
    show = Show(subscriber)
    subscriber.hear(remb(100_000, [1]))
    seqs = show.film(200)
    before = len(subscriber.raw)
    for n in range(100):
        miss(subscriber, seqs[-100:], 2.0 + n / 100)
    octets = sum(len(data) - 60 for data in subscriber.raw[before:])
    assert octets * 8 < 1.5 * 100_000  # a quarter of the link, and what was in advance
    assert show.stream.resent > 10


def test_a_line_that_fell_is_not_filled_with_resends_though_it_carried_more_before(
    subscriber: Ends,
) -> None:
    show = Show(subscriber)
    subscriber.hear(remb(2_000_000, [1]))
    for n in range(60):
        frame = show.camera.frame(key=n == 0, size=1000)
        show.camera.send(*frame, now=n / 15)
    seqs = [parse_rtp(data).seq for data in subscriber.receive()]
    subscriber.line.pace(100_000)
    before = len(subscriber.raw)
    for n in range(100):
        miss(subscriber, seqs, 5.0 + n / 100)
    octets = sum(len(data) for data in subscriber.raw[before:])
    assert 0 < octets * 8 < 1.5 * 100_000


def test_an_estimate_is_remembered_with_its_time(subscriber: Ends) -> None:
    line = subscriber.line
    assert (line.remb, line.remb_at) == (0, -1)
    subscriber.hear(receiver_report([]) + remb(1_000_000, [1]), 3.0)
    assert (line.remb, line.remb_at) == (1_000_000, 3.0)


def test_how_it_arrives_is_heard_of_each_stream(subscriber: Ends) -> None:
    stream, other = subscriber.stream(), subscriber.stream(ssrc=60)
    assert (stream.loss, stream.lost, stream.jitter, stream.reported_at) == (0, 0, 0, -1)
    block = pack("!IIIIII", 50, 64 << 24 | 0xFFFFFF, 1 << 16 | 5, 77, 0, 0)
    subscriber.hear(receiver_report([block]), 4.0)
    assert (stream.loss, stream.lost, stream.jitter, stream.reported_at) == (0.25, -1, 77, 4.0)
    assert stream.reached == 65541
    assert other.reported_at == -1 and subscriber.line.rtt == -1


def test_the_way_there_and_back_is_measured(subscriber: Ends) -> None:
    show = Show(subscriber)
    show.film(1)
    subscriber.line.report(10.0, 1000.0)
    subscriber.receive()
    [report] = parse_rtcp(subscriber.said[-1])
    assert isinstance(report, SenderReport) and report.ntp == 1000 + NTP_EPOCH << 32
    block = pack("!IIIIII", 50, 0, 0, 0, report.ntp >> 16 & 0xFFFFFFFF, 65536 // 4)
    subscriber.hear(receiver_report([block]), 10.5)
    assert abs(subscriber.line.rtt - 0.25) < 0.001
    subscriber.hear(receiver_report([block]), 10.2)  # before it can have come: a lie
    assert abs(subscriber.line.rtt - 0.25) < 0.001


def test_reports_go_out_of_all_that_has_flowed_and_few_at_a_time(subscriber: Ends) -> None:
    camera = packets.Camera(subscriber.plane, 1, random.Random(4))
    streams = [subscriber.stream(ssrc=100 + n) for n in range(REPORTS + 5)]
    subscriber.line.report(0.5, 0.0)
    for stream in streams[:-1]:
        stream.show(camera.source.inlet, 96, 97)
    camera.film(1.0, key=True)
    subscriber.line.report(2.0, 1000.0)
    subscriber.receive()
    assert [len(parse_rtcp(said)) for said in subscriber.said] == [REPORTS, 4]
    [first, *_] = parse_rtcp(subscriber.said[0])
    assert isinstance(first, SenderReport) and first.rtp == streams[0].ts + 90000


def test_a_line_is_tried_with_copies_of_what_was_sent(subscriber: Ends) -> None:
    show = Show(subscriber)
    assert subscriber.line.probe(1000, 1.0) == 0
    seqs = show.film(3)
    before = len(subscriber.raw)
    octets = subscriber.line.probe(1000, 1.0)
    subscriber.receive()
    copies = [parse_rtp(data) for data in subscriber.sent[6:]]
    newest = [int.from_bytes(copy.payload[:2], "big") for copy in copies]
    assert newest[:6] == seqs[::-1] and newest[6:8] == seqs[:-3:-1]
    assert {copy.ssrc for copy in copies} == {1050} and show.stream.resent == 0
    sizes = [len(data) for data in subscriber.raw[before:]]
    assert octets == sum(sizes) and sum(sizes[:-1]) < 1000 <= octets
    assert len(miss(subscriber, seqs[-1:])) == 1, "a probe is no try"


def test_sound_is_no_probe(subscriber: Ends) -> None:
    teacher, stream = packets.Publisher(subscriber.plane, "opus"), subscriber.stream("audio")
    stream.show(teacher.source.inlet, 111, 0)
    teacher.send(packets.rtp(1, 0, b"\x78a"), now=1.0)
    assert subscriber.line.probe(1000, 1.0) == 0


def test_who_is_not_asked_for_is_not_answered(subscriber: Ends) -> None:
    show = Show(subscriber)
    seqs = show.film(1)
    stranger: Stream = subscriber.stream(ssrc=77)
    assert not miss(subscriber, seqs, ssrc=99) and not miss(subscriber, seqs, ssrc=77)
    assert show.stream.asked == 0 and stranger.asked == 0


def test_what_never_came_leaves_a_hole_and_is_not_counted_as_asked_for(subscriber: Ends) -> None:
    show = Show(subscriber)
    seqs = show.film(1)
    top, packets = show.stream.top, show.stream.packets
    frame = show.camera.frame(key=False, packets=4)
    show.camera.send(frame[0], frame[3], now=1.0)
    assert (show.stream.top - top, show.stream.packets - packets) == (4, 2)
    assert not miss(subscriber, [seqs[-1] + 2 & 0xFFFF]) and show.stream.asked == 0
    show.camera.send(frame[1], now=1.1)
    subscriber.plane.flush(1.2)
    assert show.stream.packets - packets == 3, "it was only late"
