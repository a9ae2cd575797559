"""RTP packets, there and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaling.sfu.packet import Rtp, abs_send_time, build_rtp, parse_rtp
from synclass.errors import Malformed

extensions = st.dictionaries(st.integers(1, 255), st.binary(max_size=40), max_size=4)
small = st.dictionaries(st.integers(1, 14), st.binary(min_size=1, max_size=16), max_size=4)
packets = st.builds(
    Rtp,
    st.booleans(),
    st.integers(0, 127),
    st.integers(0, 0xFFFF),
    st.integers(0, 0xFFFFFFFF),
    st.integers(0, 0xFFFFFFFF),
    extensions | small,
    st.binary(max_size=60),
)


@given(packets)
def test_a_packet_survives_the_journey(packet: Rtp) -> None:
    assert parse_rtp(build_rtp(packet)) == packet


def test_contributors_and_padding_are_left_behind() -> None:
    plain = bytes([0x80 | 0x20 | 2, 96]) + bytes(10) + bytes(8) + b"voice" + b"\0\0\3"
    assert parse_rtp(plain).payload == b"voice"


@given(st.binary(max_size=80))
def test_garbage_is_malformed_and_nothing_else(data: bytes) -> None:
    try:
        parse_rtp(data)
    except Malformed:
        return
    assert data[0] >> 6 == 2


@pytest.mark.parametrize(
    "data", [b"", bytes(12), b"\x90" + bytes(11), b"\xa0" + bytes(10) + b"\xff"]
)
def test_a_packet_that_lies_about_its_length_is_malformed(data: bytes) -> None:
    with pytest.raises(Malformed):
        parse_rtp(data)


def test_send_time_counts_in_sixty_four_seconds() -> None:
    assert abs_send_time(0.5) == abs_send_time(64.5) == (1 << 17).to_bytes(3, "big")
