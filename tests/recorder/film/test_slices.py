"""Slices are taken apart and put together, bit by bit."""

import pytest

from recorder.bits import Bits
from recorder.film.slices import Piece, Setup, picture, piece, setup, units
from synclass.errors import Malformed

SPS = bytes.fromhex("6742c029da01e0089f961000")  # an SPS of the baseline, pictures in their order
OF = Setup(b"", b"", 4)
BODY = Piece(6, 0b10110001, 8)


def test_a_stream_is_its_units() -> None:
    assert units(b"\0\0\0\1\x67ab\0\0\1\x68c\0\0\0\1\x65d") == [b"\x67ab", b"\x68c", b"\x65d"]


def test_a_picture_is_what_is_new_and_between_it_what_is_skipped() -> None:
    found = units(picture([(5, 2, BODY)], 100, 3, OF))
    kinds = []
    for unit in found:
        bits = Bits(unit[1:])
        kinds.append((bits.golomb(), bits.golomb(), bits.golomb(), bits.take(4)))
    assert kinds == [(0, 0, 0, 3), (5, 2, 0, 3), (7, 0, 0, 3)]


def test_nothing_new_is_one_slice_in_which_all_is_skipped() -> None:
    (unit,) = units(picture([], 8160, 17, OF))
    bits = Bits(unit[1:])
    assert [bits.golomb(), bits.golomb(), bits.golomb(), bits.take(4)] == [0, 0, 0, 1]
    assert [bits.take(3), bits.golomb(), bits.golomb(), bits.golomb()] == [0, 0, 1, 8160]
    assert bits.take(1) == 1 and len(unit) < 10


def test_what_looks_like_the_start_of_a_unit_is_guarded() -> None:
    body = Piece(0, 1 << 63 | 1, 64)
    data = picture([(0, 1, body)], 1, 0, OF)
    assert len(units(data)) == 1 and b"\0\0\3" in data[4:]


def test_a_piece_is_the_same_in_another_place() -> None:
    """An IDR slice as an encoder writes it: idr_pic_id, two flags, and no filter at its edges."""
    head = "1" + "0001000" + "1" + "0000" + "1" + "00" + "00111" + "010"
    bits = head + "0010110001" + "1"
    bits += "0" * (-len(bits) % 8)
    unit = b"\x65" + int(bits, 2).to_bytes(len(bits) // 8, "big")
    assert piece(unit, OF) == Piece(6, 0b00101100011, 11)


def test_an_encoder_whose_slices_begin_otherwise_is_not_believed() -> None:
    for sps in (b"\x67\x64\0\x29\xff", SPS[:1] + b"\x4d" + SPS[2:]):
        with pytest.raises(Malformed):
            setup(sps, b"\x68\xce\x3c\x80")
    with pytest.raises(Malformed):
        piece(b"\x65\x20\xff\xff\xff\xff", OF)
