"""What a publisher hears of its own packets."""

from aiortc.rtp import RtcpPacket, RtcpPsfbPacket, RtcpRrPacket, unpack_remb_fci

from signaling.sfu.codecs import Codec
from signaling.sfu.feedback import CEILING_BPS, Reception, reports, welcome

from . import packets
from .planes import idle


class Heard:
    """A publisher whose packets are counted."""

    def __init__(self, codec: Codec) -> None:
        self._teacher = packets.Publisher(idle(), codec)
        self.reception = Reception(self._teacher.source.inlet)

    def count(self, seq: int, ts: int, now: float) -> None:
        self._teacher.send(packets.rtp(seq, ts, b"\x78a"), now=now)


def block(heard: Heard, now: float = 1.0) -> object:
    [packet] = RtcpPacket.parse(next(reports([heard.reception.block(now)], [])))
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


def test_a_publisher_is_told_at_once_how_much_it_may_send() -> None:
    [packet] = RtcpPacket.parse(welcome([7, 8]))
    assert isinstance(packet, RtcpPsfbPacket)
    bps, ssrcs = unpack_remb_fci(packet.fci)
    assert ssrcs == [7, 8] and CEILING_BPS * 0.99 < bps <= CEILING_BPS


def test_many_sources_are_told_in_several_reports() -> None:
    blocks = [Heard("VP8").reception.block(0.0) for _ in range(40)]
    counts = [len(p.reports) for d in reports(blocks, []) for p in RtcpPacket.parse(d)]  # type: ignore[union-attr]
    assert counts == [31, 9]
