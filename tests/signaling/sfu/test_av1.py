"""Where a decoder of AV1 can begin."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaling.sfu.av1 import is_key


@pytest.mark.parametrize(
    ("aggregation", "key"),
    [
        (0b0001_1000, True),
        (0b0101_1000, True),
        (0b0001_0000, False),
        (0b1001_0000, False),
        (0b1001_1000, False),  # nothing new can go on with what was before
    ],
)
def test_a_new_sequence_is_a_place_to_begin(aggregation: int, key: bool) -> None:
    assert is_key(bytes((aggregation,)) + b"\x0a\x0bobu") is key


@given(st.binary(max_size=4))
def test_any_bytes_may_come(payload: bytes) -> None:
    assert not is_key(payload) or len(payload) > 1
