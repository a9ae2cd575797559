"""Where an H.264 decoder can begin."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaling.sfu.h264 import is_key


@pytest.mark.parametrize(
    ("payload", "key"),
    [
        (b"", False),
        (b"\x67sps", True),
        (b"\x65idr", True),
        (b"\x68pps", False),
        (b"\x41slice", False),
        (b"\x78" + b"\x00\x02\x67\x42" + b"\x00\x02\x68\x01", True),  # STAP-A: SPS, PPS
        (b"\x78" + b"\x00\x02\x68\x01" + b"\x00\x02\x41\x01", False),
        (b"\x7c\x85idr", True),  # FU-A, start of an IDR slice
        (b"\x7c\x05idr", False),  # its middle
        (b"\x7c", False),
    ],
)
def test_a_decoder_can_begin_here(payload: bytes, key: bool) -> None:
    assert is_key(payload) is key


@given(st.binary(max_size=30))
def test_any_bytes_may_come(payload: bytes) -> None:
    assert is_key(payload) in (True, False)
