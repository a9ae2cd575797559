"""VP9's descriptors, layers and key frames are read as RFC 9628 and the bitstream's book say."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recorder.frames import Setup
from recorder.vp9 import Vp9
from synclass.errors import Malformed

from . import studio

KEY = bytes.fromhex("824983420013f00ef6") + b"rest"  # 320 by 240
INTER = b"\x86rest"


@pytest.mark.parametrize(
    "descriptor",
    [
        b"\x0c",
        b"\x8c\x05",
        b"\x8c\x85\x05",
        b"\xac\x05\x10\x07",
        b"\xbc\x85\x05\x10",
        b"\x8e\x05\x18\x01\x40\x00\xf0\x02\x04\x01\x00",
        b"\x0e\x30\x01\x40\x00\xf0\x02\x80\x01\xe0",
    ],
)
def test_a_key_frame_is_found_behind_any_descriptor(descriptor: bytes) -> None:
    picture = Vp9().picture([descriptor + KEY])
    assert picture.data == KEY
    assert picture.setup == Setup("VP9", 320, 240)


def test_a_picture_that_needs_others_says_by_how_much_they_are_older() -> None:
    picture = Vp9().picture([b"\xdc\x05\x03\x05\x02" + INTER])
    assert (picture.data, picture.setup) == (INTER, None)


@pytest.mark.parametrize("size", [(320, 240), (640, 360), (1920, 1080)])
def test_what_the_encoder_made_is_what_comes_out_of_its_packets(size: tuple[int, int]) -> None:
    for n, frame in enumerate(studio.vp9(3, size=size)):
        payloads = [payload for payload, _ in studio.vp9_payloads(frame, n)]
        picture = Vp9().picture(payloads)
        assert picture.data == frame
        assert picture.setup == (Setup("VP9", *size) if n == 0 else None)


def test_spatial_layers_become_one_superframe() -> None:
    base, upper = KEY, INTER * 80
    first, rest = upper[:300], upper[300:]
    parts = [b"\xac\x05\x00\x07" + base, b"\xa8\x05\x03\x07" + first, b"\xa4\x05\x03\x07" + rest]
    picture = Vp9().picture(parts)
    sizes = len(base).to_bytes(2, "little") + len(upper).to_bytes(2, "little")
    assert picture.data == base + upper + b"\xc9" + sizes + b"\xc9"
    assert picture.setup == Setup("VP9", 320, 240)


@pytest.mark.parametrize(
    "payloads",
    [
        [b"\x8c"],
        [b"\x8c\x85"],
        [b"\xac\x05\x10"],
        [b"\x0c"],
        [b"\x08" + KEY],
        [b"\x04" + KEY],
        [b"\x08" + KEY, b"\x0c" + KEY],
        [b"\x0c" + KEY, b"\x00" + KEY],
        [b"\x0c" + INTER] * 9,
        [b"\x0c\x42"],
        [b"\x0c" + KEY[:5]],
        [b"\x0c" + KEY.replace(b"\x49", b"\x48")],
        [b"\xdc\x05\x03\x03\x03\x02" + INTER],
        [b"\x0e\x18\x01\x40\x00\xf0\x09"],
    ],
)
def test_a_broken_picture_is_refused(payloads: list[bytes]) -> None:
    with pytest.raises(Malformed):
        Vp9().picture(payloads)


@given(st.lists(st.binary(min_size=1, max_size=30), min_size=1, max_size=4))
def test_any_bytes_are_a_picture_or_malformed(payloads: list[bytes]) -> None:
    with suppress(Malformed):
        assert Vp9().picture(payloads).data
