"""How long an Opus packet sounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaling.sfu.opus import FRAME, LONGEST, duration


@pytest.mark.parametrize(
    ("payload", "units"),
    [
        (b"", FRAME),
        (b"\x78", 960),  # hybrid, 20 ms, one frame
        (b"\x18", 2880),  # SILK, 60 ms
        (b"\xe0", 120),  # CELT, 2.5 ms
        (b"\x79", 1920),  # two frames
        (b"\x7b\x03", 2880),  # three frames of 20 ms: what we merge for weak rooms
    ],
)
def test_a_packet_sounds_as_long_as_it_says(payload: bytes, units: int) -> None:
    assert duration(payload) == units


@given(st.binary(max_size=4))
def test_no_packet_is_longer_than_opus_allows(payload: bytes) -> None:
    assert 0 < duration(payload) <= LONGEST
