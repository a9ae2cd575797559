"""The tape's packets are plain RTP, and its counters never wrap for those behind it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recorder.rtp import Packet, Unwrap, parse
from synclass.errors import Malformed

from . import studio


def test_a_plain_packet_is_read() -> None:
    data = studio.rtp(5, 77, b"sound", marker=True, ssrc=9)
    assert parse(data) == Packet(5, 77, 9, True, b"sound")


@pytest.mark.parametrize("first", [0x00, 0x81, 0x90, 0xA0])
def test_what_is_not_plain_is_refused(first: int) -> None:
    with pytest.raises(Malformed):
        parse(bytes([first]) + studio.rtp(5, 77, b"sound")[1:])
    with pytest.raises(Malformed):
        parse(studio.rtp(5, 77, b"")[:11])


@given(st.integers(0, 1 << 40), st.lists(st.integers(-32_000, 32_000), max_size=40))
def test_a_counter_is_followed_through_its_wraps(value: int, steps: list[int]) -> None:
    unwrap, base = Unwrap(16), value - (value & 0xFFFF)
    assert unwrap.on(value & 0xFFFF) + base == value
    for step in steps:
        assert unwrap.on((value + step) & 0xFFFF) + base == value + step
        value = max(value, value + step)
