"""What the benches' clients report is what others read in it."""

from struct import pack

from aiortc.rtp import (
    RtcpPacket,
    RtcpPsfbPacket,
    RtcpRrPacket,
    RtcpSrPacket,
    unpack_remb_fci,
)

from synclass.cli.benches.reports import OURS, pleas, received, sent


def test_a_listener_tells_how_it_comes_and_how_much_may_come() -> None:
    report, remb = RtcpPacket.parse(received({7: 65540, 9: 3}, 3_000_000))
    assert isinstance(report, RtcpRrPacket) and isinstance(remb, RtcpPsfbPacket)
    assert [(b.ssrc, b.highest_sequence) for b in report.reports] == [(7, 65540), (9, 3)]
    assert unpack_remb_fci(remb.fci) == (3_000_000, [7, 9]) and remb.ssrc == OURS


def test_a_publisher_ties_its_stream_to_the_clock() -> None:
    (report,) = RtcpPacket.parse(sent(5, 2**32 + 90, 10, 1000, 1.5))
    assert isinstance(report, RtcpSrPacket) and report.ssrc == 5
    info = report.sender_info
    assert info.ntp_timestamp == (2_208_988_801 << 32) + 2**31
    assert (info.rtp_timestamp, info.packet_count, info.octet_count) == (90, 10, 1000)


def test_pleas_are_found_among_other_things() -> None:
    pli = pack("!BBHII", 0x81, 206, 2, 1, 42)
    fir = pack("!BBHIIII", 0x84, 206, 4, 1, 0, 43, 0)
    assert list(pleas(received({7: 1}, 100) + pli + fir)) == [42, 43]
    assert list(pleas(b"")) == list(pleas(received({}, 1))) == []
