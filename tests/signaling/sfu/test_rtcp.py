"""What clients tell us of their streams, and what we tell them."""

from struct import pack

import pytest
from aiortc.rtp import RtcpPacket, RtcpPsfbPacket, RtcpRtpfbPacket, RtcpSrPacket, unpack_remb_fci
from hypothesis import given
from hypothesis import strategies as st

from signaling.sfu.rtcp import (
    KeyframePlea,
    Nack,
    Remb,
    SenderReport,
    nack,
    ntp_seconds,
    parse_rtcp,
    pli,
    receiver_report,
    remb,
    sender_report,
)
from synclass.errors import Malformed


@given(st.sets(st.integers(0, 0xFFFF), min_size=1, max_size=40))
def test_every_packet_a_client_misses_is_heard_of(lost: set[int]) -> None:
    stock = RtcpRtpfbPacket(fmt=1, ssrc=1, media_ssrc=9, lost=sorted(lost))
    messages = parse_rtcp(bytes(stock))
    assert {seq for m in messages if isinstance(m, Nack) for seq in m.seqs} == lost


@given(st.sets(st.integers(0, 0xFFFF), min_size=1, max_size=40), st.integers(0, 0xFFFF))
def test_a_publisher_hears_of_every_packet_we_miss(lost: set[int], first: int) -> None:
    seqs = [(first + seq) & 0xFFFF for seq in sorted(lost)]
    data = nack(9, seqs)
    [heard] = parse_rtcp(data)
    assert heard == Nack(9, tuple(seqs)), "in their order, over the end of the numbers"
    [stock] = RtcpPacket.parse(data)
    assert isinstance(stock, RtcpRtpfbPacket)
    assert [seq & 0xFFFF for seq in stock.lost] == seqs


@given(st.integers(1, 2**40), st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=5))
def test_an_estimate_is_rounded_down_and_no_more(bps: int, ssrcs: list[int]) -> None:
    data = remb(bps, ssrcs)
    [heard] = parse_rtcp(data)
    assert isinstance(heard, Remb) and bps * (1 - 2**-17) <= heard.bps <= bps
    [stock] = RtcpPacket.parse(data)
    assert isinstance(stock, RtcpPsfbPacket) and unpack_remb_fci(stock.fci) == (heard.bps, ssrcs)


def test_both_ways_to_ask_for_a_key_frame_are_understood() -> None:
    assert parse_rtcp(pli(9)) == [KeyframePlea(9)]
    fir = pack("!BBHIIII", 0x84, 206, 4, 1, 0, 9, 1 << 24)
    assert parse_rtcp(fir) == [KeyframePlea(9)]


def test_a_sender_report_says_what_time_it_is() -> None:
    data = sender_report(9, 1000.25, 4711, 3, 400)
    [stock] = RtcpPacket.parse(data)
    assert isinstance(stock, RtcpSrPacket) and stock.sender_info.octet_count == 400
    [report] = parse_rtcp(data + receiver_report([]))
    assert isinstance(report, SenderReport) and report.rtp == 4711
    assert ntp_seconds(report.ntp) == 1000.25 + 2208988800


@given(st.binary(max_size=80))
def test_garbage_is_malformed_and_nothing_else(data: bytes) -> None:
    try:
        parse_rtcp(data)
    except Malformed:
        assert data


def test_a_report_that_is_cut_is_malformed() -> None:
    with pytest.raises(Malformed):
        parse_rtcp(pli(9)[:-1])
