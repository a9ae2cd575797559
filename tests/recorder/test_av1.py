"""AV1's temporal units are put together from their packets as its RTP payload format says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recorder import obu
from recorder.av1 import Av1
from synclass.errors import Malformed

from . import studio

SEQUENCE = bytes.fromhex("080000000" + "43cffbc4af90040")  # 320 by 240
KEY, INTER = b"\x30\x10key", b"\x30\x30inter"
FILED = bytes.fromhex("0a0b000000043cffbc4af90040")


def sized(unit: bytes) -> bytes:
    return bytes((unit[0] | 2, len(unit) - 1)) + unit[1:]


def element(unit: bytes) -> bytes:
    return bytes((len(unit),)) + unit


@pytest.mark.parametrize(
    "payloads",
    [
        [b"\x28" + element(SEQUENCE) + KEY],
        [b"\x08" + element(SEQUENCE) + element(KEY)],
        [b"\x38" + element(b"\x10") + element(SEQUENCE) + KEY],
        [b"\x18" + SEQUENCE, b"\x10" + KEY],
        [b"\x68" + element(SEQUENCE) + KEY[:1], b"\xd0" + KEY[1:3], b"\x90" + KEY[3:]],
        [b"\x28" + element(sized(SEQUENCE)) + sized(KEY)],
        [b"\x08" + element(SEQUENCE) + element(KEY) + element(b"\x78\0\0")],
    ],
)
def test_however_it_was_cut_and_packed_a_key_frame_is_the_same(payloads: list[bytes]) -> None:
    coder = Av1()
    assert coder.begins(payloads[0])
    picture = coder.picture(payloads)
    assert picture.data == FILED + sized(KEY)
    assert picture.setup is not None
    assert (picture.setup.width, picture.setup.height) == (320, 240)


def test_what_follows_needs_what_was_before() -> None:
    coder = Av1()
    assert coder.picture([b"\x10" + KEY]).setup is None, "nobody knows its sequence"
    coder.picture([b"\x28" + element(SEQUENCE) + KEY])
    assert coder.picture([b"\x10" + INTER]).setup is None
    assert coder.picture([b"\x20" + element(SEQUENCE) + INTER]).setup is None
    assert coder.picture([b"\x20" + element(SEQUENCE) + b"\x1a\x01\x80"]).setup is None


def test_what_the_encoder_made_is_what_comes_out_of_its_packets() -> None:
    coder = Av1()
    for n, unit in enumerate(studio.av1(5, size=(640, 480))):
        picture = coder.picture([payload for payload, _ in studio.av1_payloads(unit)])
        assert unit == b"\x12\x00" + picture.data
        assert (picture.setup is not None) == (n == 0)


@pytest.mark.parametrize(
    "payloads",
    [
        [b"\x10"],
        [b"\x90" + KEY],
        [b"\x50" + KEY],
        [b"\x50" + KEY, b"\x10" + KEY],
        [b"\x20" + element(KEY)],
        [b"\x00\x09" + KEY],
        [b"\x00\x00" + KEY],
        [b"\x00\xff\xff\xff\xff\xff\xff\xff\xff\x01"],
        [b"\x00\x80"],
        [b"\x10\xb0key"],
        [b"\x10\x34"],
        [b"\x10\x32\x09key"],
        [b"\x10" + SEQUENCE],
        [b"\x20" + element(SEQUENCE[:6]) + KEY],
        [b"\x20" + element(SEQUENCE) + b"\x30"],
    ],
)
def test_a_broken_picture_is_refused(payloads: list[bytes]) -> None:
    with pytest.raises(Malformed):
        Av1().picture(payloads)


@given(st.lists(st.binary(min_size=1, max_size=30), min_size=1, max_size=4))
def test_any_bytes_are_a_picture_or_malformed(payloads: list[bytes]) -> None:
    try:
        picture = Av1().picture(payloads)
    except Malformed:
        return
    assert obu.read(picture.data[:1] + b"\x00").kind
