"""Headers are read bit by bit, and never behind their end."""

import pytest

from recorder.bits import LONGEST, Bits
from synclass.errors import Malformed


def test_numbers_come_out_in_the_order_of_their_bits() -> None:
    bits = Bits(b"\xa5\x0f")
    assert [bits.take(1), bits.take(3), bits.take(0), bits.take(8), bits.take(4)] == [
        1,
        2,
        0,
        80,
        15,
    ]


def test_small_numbers_take_few_bits() -> None:
    bits = Bits(bytes((0b1_010_011_0, 0b0100_0000)))
    assert [bits.golomb() for _ in range(4)] == [0, 1, 2, 3]


@pytest.mark.parametrize("data", [b"", b"\x00", b"\x00" * 9])
def test_what_is_cut_or_impossible_is_refused(data: bytes) -> None:
    with pytest.raises(Malformed):
        Bits(data).golomb()


def test_an_endless_header_is_refused_before_it_is_read() -> None:
    with pytest.raises(Malformed, match="impossible"):
        Bits(bytes(LONGEST)).golomb()
    with pytest.raises(Malformed, match="endless"):
        Bits(bytes(LONGEST + 1))
