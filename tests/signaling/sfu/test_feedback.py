"""What a publisher hears of its own packets."""

from aiortc.rtp import RtcpPacket, RtcpRrPacket

from signaling.sfu.codecs import Codec
from signaling.sfu.feedback import Reception, reports
from signaling.sfu.packet import build_rtp

from . import packets
from .planes import idle


class Heard:
    """A publisher whose packets are counted."""

    def __init__(self, codec: Codec) -> None:
        self._teacher = packets.Publisher(idle(), codec)
        self.reception = Reception(self._teacher.source.inlet, self._teacher.source.ssrc)

    def count(self, seq: int, ts: int, now: float) -> None:
        self._teacher.send(packets.rtp(seq, ts, b"\x78a"), now=now)


def block(heard: Heard, now: float = 1.0) -> object:
    [packet] = RtcpPacket.parse(next(reports([heard.reception.block(now)])))
    assert isinstance(packet, RtcpRrPacket)
    return packet.reports[0]


def test_a_quarter_lost_is_told_as_a_quarter() -> None:
    heard = Heard("opus")
    for n in range(101):
        if n % 4 != 1:
            heard.count(65500 + n & 0xFFFF, n * 960, n * 0.02)
    told = block(heard)
    assert (told.packets_lost, told.fraction_lost) == (25, 25 * 256 // 101)  # type: ignore[attr-defined]
    assert told.highest_sequence == 65600  # type: ignore[attr-defined]
    assert told.jitter == 0  # type: ignore[attr-defined]


def test_only_new_losses_count_in_the_fraction() -> None:
    heard = Heard("opus")
    for seq in (1, 2, 5):
        heard.count(seq, 0, 0.0)
    block(heard)
    heard.count(6, 0, 0.0)
    told = block(heard)
    assert (told.packets_lost, told.fraction_lost) == (2, 0)  # type: ignore[attr-defined]


def test_a_sender_report_is_given_back_with_its_age() -> None:
    heard = Heard("VP8")
    heard.count(1, 0, 0.0)
    heard.reception.sender_report(0x0123_4567_89AB_CDEF, 1.0)
    told = block(heard, 1.5)
    assert (told.lsr, told.dlsr) == (0x4567_89AB, 32768)  # type: ignore[attr-defined]


def test_uneven_arrival_is_jitter() -> None:
    heard = Heard("VP8")
    for n in range(200):
        heard.count(n, n * 3000, n / 30 + (0.01 if n % 2 else 0.0))
    assert 700 < block(heard, 9.0).jitter <= 900  # type: ignore[attr-defined]


def test_what_came_again_is_not_told_as_lost() -> None:
    teacher = packets.Publisher(idle())
    reception = Reception(teacher.source.inlet, teacher.source.ssrc)
    teacher.plane.repair(teacher.line, 8, teacher.source.inlet)
    for seq in (1, 2, 4):
        teacher.send(packets.rtp(seq, 0, packets.vp8(seq, key=True)), now=0.1)
    again = packets.rtp(1, 0, b"\0\3" + packets.vp8(3, key=True), ssrc=8, pt=97)
    teacher.plane.inject(teacher.line, build_rtp(again), 0.2)
    [packet] = RtcpPacket.parse(next(reports([reception.block(1.0)])))
    assert isinstance(packet, RtcpRrPacket)
    assert (packet.reports[0].packets_lost, packet.reports[0].fraction_lost) == (0, 0)


def test_many_sources_are_told_in_several_reports() -> None:
    blocks = [Heard("VP8").reception.block(0.0) for _ in range(40)]
    counts = [len(p.reports) for d in reports(blocks) for p in RtcpPacket.parse(d)]  # type: ignore[union-attr]
    assert counts == [31, 9]
